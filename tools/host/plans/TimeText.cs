using System.Numerics;

namespace Escapement.Host;

/// <summary>Times as people read them, rounded half up to the last place shown.</summary>
public static class TimeText
{
    private const long MillisecondUs = 1_000;
    private const long SecondUs = 1_000_000;
    private const long MinuteUs = 60 * SecondUs;
    private const long HourUs = 60 * MinuteUs;

    /// <summary>"100 µs", "33.333 ms", "1.84 s", "3 min 11.84 s", "2 h 30 min".</summary>
    public static string Of(Rational us)
    {
        if (us < MillisecondUs)
        {
            return $"{us.ToDecimalString()} µs";
        }

        if (us < SecondUs)
        {
            return $"{(us / MillisecondUs).ToDecimalString()} ms";
        }

        if (us < MinuteUs)
        {
            return $"{(us / SecondUs).ToDecimalString()} s";
        }

        var rounded = new Rational((us / MillisecondUs).RoundHalfUp() * MillisecondUs, 1);
        var hours = (rounded / HourUs).Floor();
        var minutes = ((rounded - (hours * HourUs)) / MinuteUs).Floor();
        var seconds = (rounded - (hours * HourUs) - (minutes * MinuteUs)) / SecondUs;
        string[] parts = [hours.IsZero ? "" : $"{hours} h", minutes.IsZero ? "" : $"{minutes} min", seconds.Sign == 0 ? "" : $"{seconds.ToDecimalString()} s"];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>
    /// Minutes and whole seconds as papers and front panels print them, "37:30". A half second is dropped: the 1106.5 s of a
    /// published session stand in print as 18:26.
    /// </summary>
    public static string Clock(Rational us)
    {
        var seconds = ((us / SecondUs) - new Rational(1, 2)).Ceiling();
        var minutes = BigInteger.DivRem(seconds, 60, out var rest);
        return $"{minutes}:{(int)rest:00}";
    }
}
