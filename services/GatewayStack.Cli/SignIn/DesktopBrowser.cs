using System.ComponentModel;
using System.Diagnostics;

namespace GatewayStack.Cli.SignIn;

/// <summary>The browser of the user's desktop.</summary>
internal static class DesktopBrowser
{
    /// <summary>Shows a page.</summary>
    /// <returns>False where there is no desktop, or nothing that opens a page.</returns>
    public static bool Open(Uri page)
    {
        try
        {
            if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            {
                using var shell = Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true });
                return true;
            }

            if (!HasDesktop())
            {
                return false;
            }

            // What the opener prints is not ours.
            using var opener = Process.Start(new ProcessStartInfo("xdg-open", [page.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            return opener is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static bool HasDesktop() => Array.Exists(["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"], name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
}
