using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>A session's result with what surrounds it: what `run --json` prints and session.json holds (docs/session-records.md).</summary>
/// <param name="Result">What the board says.</param>
public sealed record SessionReport(SessionResult Result)
{
    /// <summary>What a referee measured; null without one.</summary>
    public EdgeFigures? Edges { get; init; }

    /// <summary>Seed of the virtual board; null for a real one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Folder of the record; null when none is kept.</summary>
    public string? Record { get; init; }

    /// <summary>The protocol; null when it is not known.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>First onset to the onset of the last pulse that the board counted, as planned, in microseconds; null when the board's own reports say it.</summary>
    public long? DurationUs { get; init; }

    /// <summary>First to last pulse onset in microseconds, by the referee; null without one.</summary>
    public double? MeasuredDurationUs { get; init; }

    /// <summary>Where board, referee and plan disagree; empty when they do not.</summary>
    public IReadOnlyList<string> Disagreements { get; init; } = [];

    /// <summary>What of the protocol exceeds the limits that the board refused it for, as a plan words it; empty when that was not the reason.</summary>
    public IReadOnlyList<PlanRefusal> Refusals { get; init; } = [];

    /// <summary>The board as a plan needs it, by its own figures; null when they were never read.</summary>
    public PlanBoard? PlannedFor =>
        Result is { Board: { } board, Figures: { } figures, LimitsInForce: { } limits } ? PlanBoard.Of(board.Board, figures, limits) : null;

    /// <summary>When the session began, by the host's wall clock; null when that does not matter.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Names what does not fit the board's limits or its lists, where the board only said that something does not.</summary>
    public SessionReport Explained()
    {
        if (Protocol is null || PlannedFor is not { } board || Result.Verdict != SessionVerdict.Refused || Result.Inhibits.All(reason => reason.Name is not ("LimitsExceeded" or "PlanImpossible")))
        {
            return this;
        }

        IReadOnlyList<PlanRefusal> found = Plan.Of(Protocol, board).Refusals;
        string sentences = string.Join(" ", found.Select(refusal => char.ToUpperInvariant(refusal.Sentence[0]) + refusal.Sentence[1..]));
        return this with { Refusals = found, Result = Result with { Message = $"{Result.Message} {sentences}".TrimEnd() } };
    }

    /// <summary>Compares plan, board and referee. A completed session whose counts disagree becomes a faulted one.</summary>
    public SessionReport Checked()
    {
        IReadOnlyList<string> found = RecordCheck.Disagreements(Result, Edges);
        if (found.Count == 0 || Result.Verdict != SessionVerdict.Completed)
        {
            return this with { Disagreements = found };
        }

        SessionResult worse = Result with
        {
            Verdict = SessionVerdict.Faulted,
            ExitCode = ExitCode.Aborted,
            Message = "The board ended the session as planned, but the counts disagree: " + string.Join(" ", found),
        };
        return this with { Result = worse, Disagreements = found };
    }

    /// <summary>As one JSON object, on one line unless indented. <paramref name="full"/> adds trains, link and versions.</summary>
    public string ToJson(bool full = false, bool indented = false)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Head(json);
            Figures(json);
            RecordJson.Reasons(json, "faults", Result.Faults);
            RecordJson.Reasons(json, "inhibits", Result.Inhibits);
            RecordJson.Inputs(json, Result.Inputs);
            PlanJson.Refusals(json, Refusals);
            Tail(json);
            if (full)
            {
                Everything(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private void Head(Utf8JsonWriter json)
    {
        json.WriteString("protocol", Result.Protocol);
        json.WriteString("board", Result.Board?.Board);
        Write(json, "virtual", Result.Board?.IsVirtual);
        json.WriteString("verdict", Result.Verdict.ToString().ToLowerInvariant());
        json.WriteNumber("exitCode", Result.ExitCode);
        json.WriteString("message", Result.Message);
        json.WriteBoolean("dry", Result.Dry);
    }

    private void Figures(Utf8JsonWriter json)
    {
        json.WriteNumber("pulsesPlanned", Result.PulsesPlanned);
        Write(json, "pulsesEmitted", Edges?.PulsesEmitted);
        json.WriteNumber("pulsesCounted", Result.PulsesCounted);
        json.WriteNumber("pulsesRaw", Result.PulsesRaw);
        json.WriteNumber("trains", Result.Trains.Count);
        json.WriteNumber("durationUs", DurationUs ?? Result.DurationUs);
        Write(json, "measuredDurationUs", MeasuredDurationUs);
        Write(json, "maxEdgeErrorNs", Edges?.MaxEdgeErrorNs);
        Write(json, "maxStartErrorUs", Edges?.MaxStartErrorUs);
        json.WriteNumber("startBoundUs", Result.StartBoundUs);
    }

    private void Tail(Utf8JsonWriter json)
    {
        json.WritePropertyName("firstFault");
        if (Result.FirstFault is { } first)
        {
            json.WriteStartObject();
            json.WriteString("name", BoardNames.Faults(1u << (int)(first.Code - 1)).FirstOrDefault()?.Name);
            json.WriteNumber("boardTimeUs", first.BoardTimeUs);
            json.WriteNumber("transaction", first.Transaction);
            json.WriteNumber("pulse", first.Pulse);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("disagreements");
        foreach (string sentence in Disagreements)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
        json.WriteString("digest", Result.Digest == 0 ? null : Result.Digest.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
        if (Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }
        else
        {
            json.WriteNull("seed");
        }

        json.WriteString("record", Record);
    }

    private void Everything(Utf8JsonWriter json)
    {
        json.WriteNumber("formatVersion", 1);
        json.WriteString("begunAt", BegunAt?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("title", Protocol?.Title);
        json.WriteString("source", Protocol?.Source);
        json.WriteString("hostVersion", Compatibility.HostVersion);
        json.WriteString("interfaceHash", DeviceInterface.Sha1);
        json.WriteString("firmwareVersion", Result.Board?.Firmware);
        json.WriteString("buildTag", Result.Board?.Tag);
        json.WriteString("uid", Result.Board?.Uid);
        Write(json, "bootCounter", Result.FinalStatus?.BootCounter);
        json.WriteString("finalState", Result.FinalStatus is { } status ? BoardNames.State(status.State) : null);
        json.WriteBoolean("started", Result.Started);
        json.WriteBoolean("stopConfirmed", Result.StopConfirmed);
        json.WriteNumber("leaseRenewals", Result.Renewals);
        Link(json);
        json.WriteStartArray("trainReports");
        foreach (TrainReading train in Result.Trains)
        {
            RecordJson.Train(json, train);
        }

        json.WriteEndArray();
    }

    private void Link(Utf8JsonWriter json)
    {
        HarpCounters host = Result.Link;
        json.WriteStartObject("link");
        json.WriteNumber("bytesIn", host.BytesIn);
        json.WriteNumber("bytesOut", host.BytesOut);
        json.WriteNumber("framesIn", host.FramesIn);
        json.WriteNumber("framesOut", host.FramesOut);
        json.WriteNumber("repeats", host.Repeats);
        json.WriteNumber("checksumErrors", host.ChecksumErrors);
        json.WriteNumber("bytesSkipped", host.BytesSkipped);
        json.WriteNumber("errorReplies", host.ErrorReplies);
        string[] names = ["boardFramesGood", "boardChecksumErrors", "boardBytesSkipped", "boardHalfFrames", "boardFramesIgnored", "boardErrorReplies", "boardCommandsRefused", "boardEventsDropped"];
        for (int i = 0; i < Result.BoardLink.Count && i < names.Length; i++)
        {
            json.WriteNumber(names[i], Result.BoardLink[i]);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            // Times come in steps of 12.5 ns or exact fractions; three places are enough for either.
            json.WriteNumber(name, Math.Round((decimal)number, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
