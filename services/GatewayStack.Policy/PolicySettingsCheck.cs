using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents;
using GatewayStack.Policy.Documents;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Policy;

/// <summary>Everything wrong with the section <c>Policy</c>, the document included.</summary>
internal sealed class PolicySettingsCheck(IConfiguration configuration, DocumentSource source, ContentNames? names) : ISettingsCheck
{
    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(PolicyOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null && p.Key.Length > 0).Select(p => p.Key);
        var errors = SettingsShape.FindUnknown(typeof(PolicyOptions), PolicyOptions.Section, keys);
        var mode = section[nameof(PolicyOptions.Mode)];
        if (!PolicySettings.TryReadMode(mode, out _))
        {
            errors = errors.Add(new SettingsError("Policy:Mode", $"{mode} is not a mode", "use enforce, observe or off"));
        }

        return errors.AddRange(DocumentCheck.Check("Policy:File", new PolicyFormat(names), source));
    }
}
