using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>Which measures are to be listed.</summary>
internal sealed record StandingFilter(bool All, StandingOrigin? Origin, int Limit)
{
    /// <returns>Null where a parameter is not known, not understood, or there twice.</returns>
    public static StandingFilter? Parse(IQueryCollection query, int most)
    {
        var filter = new StandingFilter(false, null, most);
        foreach (var (name, values) in query)
        {
            if (values is not [{ } value])
            {
                return null;
            }

            switch (name, value)
            {
                case ("all", "true" or "false"):
                    filter = filter with { All = value == "true" };
                    break;
                case ("origin", "administrator" or "person" or "issuer"):
                    filter = filter with { Origin = Enum.Parse<StandingOrigin>(value, ignoreCase: true) };
                    break;
                case ("limit", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most:
                    filter = filter with { Limit = limit };
                    break;
                default:
                    return null;
            }
        }

        return filter;
    }
}
