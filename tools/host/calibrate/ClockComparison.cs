namespace Escapement.Host;

/// <summary>
/// Compares a board's clock with the host's from questions and answers. The board reads its clock between the question's leaving and
/// the answer's arrival, so every pair of answers bounds the ratio of the two clocks from both sides, whatever the link does in between.
/// </summary>
public sealed class ClockComparison
{
    /// <summary>The board shows its clock in whole microseconds.</summary>
    private const double ResolutionUs = 1;

    /// <summary>The board reads its clock just before it reads its link: a question that comes in between is answered with an older time.</summary>
    private const double ReadAheadUs = 1000;

    private readonly List<(long SentUs, long BoardUs, long ReceivedUs)> samples = [];

    /// <summary>Answers taken so far.</summary>
    public int Samples => samples.Count;

    /// <summary>From the first question to the last answer, in microseconds of the host's clock.</summary>
    public long DurationUs => samples.Count == 0 ? 0 : samples[^1].ReceivedUs - samples[0].SentUs;

    /// <summary>Takes an answer.</summary>
    /// <param name="sentUs">Host's clock before the question left.</param>
    /// <param name="boardUs">Board's clock in the answer.</param>
    /// <param name="receivedUs">Host's clock after the answer arrived.</param>
    public void Add(long sentUs, long boardUs, long receivedUs)
    {
        if (receivedUs < sentUs || (samples.Count > 0 && (sentUs < samples[^1].SentUs || boardUs < samples[^1].BoardUs)))
        {
            throw new ArgumentOutOfRangeException(nameof(boardUs), boardUs, "a clock went back");
        }

        samples.Add((sentUs, boardUs, receivedUs));
    }

    /// <summary>
    /// How much faster than the host's clock the board's runs, as bounds in parts per million that no answer contradicts;
    /// null when there are too few answers, or they contradict each other because one of the clocks jumped or drifted.
    /// </summary>
    public (double LeastPpm, double MostPpm)? Bounds()
    {
        double least = double.NegativeInfinity;
        double most = double.PositiveInfinity;
        for (int j = 1; j < samples.Count; j++)
        {
            for (int i = 0; i < j; i++)
            {
                Bound(samples[i], samples[j], ref least, ref most);
            }
        }

        return double.IsInfinity(least) || double.IsInfinity(most) || least > most ? null : (least, most);
    }

    private static void Bound((long SentUs, long BoardUs, long ReceivedUs) early, (long SentUs, long BoardUs, long ReceivedUs) late, ref double least, ref double most)
    {
        double boardUs = late.BoardUs - early.BoardUs;
        double longestUs = late.ReceivedUs - early.SentUs;
        double shortestUs = late.SentUs - early.ReceivedUs;
        double slackUs = ResolutionUs + ReadAheadUs;
        if (longestUs > 0)
        {
            least = Math.Max(least, (boardUs - slackUs - longestUs) / longestUs * 1e6);
        }

        if (shortestUs > 0)
        {
            most = Math.Min(most, (boardUs + slackUs - shortestUs) / shortestUs * 1e6);
        }
    }
}
