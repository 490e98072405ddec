namespace Escapement.Host;

/// <summary>
/// What the host believes the board's clock to be, from Status messages. A time that does not fit (a corrupted frame, an old
/// one) is not believed, unless the next one agrees with it (the board has restarted).
/// </summary>
internal sealed class BoardClock
{
    private const long ToleranceUs = 1_000_000;

    private long offsetUs;
    private long candidateUs;
    private bool hasCandidate;

    /// <summary>Whether any time is believed yet.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Board time of the newest reading, in microseconds.</summary>
    public long NewestUs { get; private set; }

    /// <summary>How often the board's clock has begun anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>The board's clock now.</summary>
    public long At(long hostUs) => hostUs + offsetUs;

    /// <summary>Takes a reading. False when it is not to be believed (yet) or no newer than the last one.</summary>
    public bool Take(long boardUs, long hostUs)
    {
        long offset = boardUs - hostUs;
        if (IsSet && Math.Abs(offset - offsetUs) <= ToleranceUs)
        {
            hasCandidate = false;
            if (boardUs <= NewestUs)
            {
                return false;
            }
        }
        else if (!hasCandidate || Math.Abs(offset - candidateUs) > ToleranceUs)
        {
            hasCandidate = true;
            candidateUs = offset;
            return false;
        }

        if (IsSet && boardUs < NewestUs)
        {
            Restarts++;
        }

        IsSet = true;
        hasCandidate = false;
        offsetUs = offset;
        NewestUs = boardUs;
        return true;
    }
}
