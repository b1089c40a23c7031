namespace GatewayStack.Limits.Windows;

/// <summary>Length of a counting window. Windows are fixed and start on the clock (UTC).</summary>
internal enum WindowKind
{
    Minute,
    Hour,
    Day,
    Month,
}
