using System.Globalization;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Numbers for people.</summary>
internal static class Texts
{
    public static string Duration(Rational us) => Duration((double)us.Numerator / (double)us.Denominator);

    public static string Duration(double us)
    {
        double s = us / 1e6;
        if (s < 60)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{s:0.######} s");
        }

        var whole = TimeSpan.FromSeconds(Math.Round(s));
        return whole.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00} h")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00} min");
    }

    /// <summary>Time that is left: whole seconds, for it changes while it is read.</summary>
    public static string Left(long us) => Duration(Math.Ceiling(us / 1e6) * 1e6);

    public static string Number(double? value, string unit) => value is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}")
        : "not measured";
}
