using System.Globalization;
using System.Text;
using System.Text.Json;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>Reads a board's status again and again. It never writes, so it cannot disturb what runs there.</summary>
public sealed class BoardMonitor : ITransportStep
{
    private readonly HarpClient client;
    private readonly string name;
    private readonly long everyUs;
    private Handshake? handshake;
    private HarpRequest? statusRead;
    private HarpRequest? firstRead;
    private HarpRequest? linkRead;
    private HarpRequest? inputsRead;
    private HarpRequest? coilRead;
    private int left;
    private long nextUs;
    private volatile bool stopped;

    /// <summary>Watches over a transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">To the board.</param>
    /// <param name="count">Readings until it is finished.</param>
    /// <param name="everyUs">Time between readings in microseconds.</param>
    public BoardMonitor(ITransport transport, int count, long everyUs)
    {
        ArgumentNullException.ThrowIfNull(transport);
        client = new HarpClient(transport);
        name = transport.Name;
        left = count;
        this.everyUs = everyUs;
    }

    /// <summary>Called with each reading.</summary>
    public Action<BoardReading>? Reading { get; set; }

    /// <inheritdoc/>
    public bool IsFinished => stopped || left <= 0 || Problem is not null;

    /// <summary>Why it ended early, in one sentence; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>The exit code that goes with <see cref="Problem"/>.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Ends it. From any thread.</summary>
    public void Stop() => stopped = true;

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        if (IsFinished)
        {
            return false;
        }

        try
        {
            bool any = client.Step(nowUs);
            Advance(nowUs);
            return any;
        }
        catch (TransportException error)
        {
            Fail(error.Message, Host.ExitCode.NoLink);
            return false;
        }
    }

    private void Advance(long nowUs)
    {
        handshake ??= new Handshake(client, name);
        if (!handshake.Step())
        {
            return;
        }

        if (handshake.Refusal is { } refusal)
        {
            Fail(refusal.Message, refusal.ExitCode);
            return;
        }

        if (statusRead is null)
        {
            if (nowUs >= nextUs)
            {
                nextUs = nowUs + everyUs;
                statusRead = client.Read(RegisterAddress.Status, HarpFrames.U64, reply => reply.Payload.Length == BoardStatus.Bytes);
                firstRead = client.Read(RegisterAddress.FirstFault, HarpFrames.U64, reply => reply.Payload.Length == 32);
                linkRead = client.Read(RegisterAddress.LinkCounters, HarpFrames.U32, reply => reply.Payload.Length == 32);
                inputsRead = client.Read(RegisterAddress.Inputs, HarpFrames.U32, reply => reply.Payload.Length == 16);
                coilRead = client.Read(RegisterAddress.CoilTemperature, RegisterTable.TypeOf(RegisterAddress.CoilTemperature), reply => reply.Payload.Length == 16);
            }
        }
        else if (statusRead.IsDone && firstRead!.IsDone && linkRead!.IsDone && inputsRead!.IsDone && coilRead!.IsDone)
        {
            Finish();
        }
    }

    private void Finish()
    {
        BoardStatus? status = statusRead!.Reply is { } reply ? BoardStatus.From(reply) : null;
        if (status is null)
        {
            Fail($"The board at {name} stopped answering; check cable and power.", Host.ExitCode.NoLink);
            return;
        }

        FirstFaultReading? first = firstRead!.Reply is { } fault ? FirstFaultReading.From(fault) : null;
        InputsReading? inputs = inputsRead!.Reply is { } seen ? InputsReading.From(seen) : null;
        Reading?.Invoke(new BoardReading(status, first, linkRead!.Reply?.U32(1) ?? 0, linkRead.Reply?.U32(7) ?? 0) { Inputs = inputs, Coil = coilRead!.Reply is { } coil ? CoilReading.From(coil) : null });
        statusRead = null;
        left--;
    }

    private void Fail(string problem, int exitCode)
    {
        Problem = problem;
        ExitCode = exitCode;
    }
}

/// <summary>One look at a board.</summary>
/// <param name="Status">Its status.</param>
/// <param name="FirstFault">The first fault since the last clear.</param>
/// <param name="ChecksumErrors">Frames with a wrong checksum that the board has seen.</param>
/// <param name="EventsDropped">Events that found no room on the board.</param>
public sealed record BoardReading(BoardStatus Status, FirstFaultReading? FirstFault, uint ChecksumErrors, uint EventsDropped)
{
    /// <summary>The board's inputs; null when they were not read.</summary>
    public InputsReading? Inputs { get; init; }

    /// <summary>The coil's temperature; null when it was not read.</summary>
    public CoilReading? Coil { get; init; }

    /// <summary>As one JSON object on one line.</summary>
    public string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            RecordJson.Fields(json, Status, isExplained: true);
            json.WriteString("firstFault", First);
            RecordJson.Inputs(json, Inputs);
            json.WriteString("coilSensor", Coil?.Name);
            if (Coil is { IsKnown: true })
            {
                json.WriteNumber("coilMilliCelsius", Coil.MilliCelsius);
            }
            else
            {
                json.WriteNull("coilMilliCelsius");
            }

            json.WriteNumber("checksumErrors", ChecksumErrors);
            json.WriteNumber("eventsDropped", EventsDropped);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>As names and texts for people.</summary>
    public IEnumerable<(string Name, string Text)> Lines()
    {
        yield return ("state", BoardNames.State(Status.State) + (Status.IsDry ? ", dry run" : string.Empty));
        yield return ("gate", Status.GateOpen ? "open" : "closed");
        yield return ("board time", Text($"{Status.BoardTimeUs / 1e6:0.000} s"));
        yield return ("pulses", Text($"{Status.PlannedPulses} planned until now, {Status.RawPulses} raw, {Status.GatedPulses} gated"));
        yield return ("trains", Text($"{Status.TransactionsBegun} of {Status.Transactions}"));
        yield return ("time left", Text($"{Status.TimeLeftUs / 1e6:0.000} s"));
        yield return ("inhibits", Status.Inhibits == 0 ? "none" : BoardNames.Explain(BoardNames.Inhibits(Status.Inhibits)));
        yield return ("faults", Status.Faults == 0 ? "none" : BoardNames.Explain(BoardNames.Faults(Status.Faults)) + (First is null ? string.Empty : " The first was " + First + "."));
        if (Inputs is not null)
        {
            yield return ("inputs", Inputs.ToString());
        }

        if (Coil is { IsPresent: true })
        {
            yield return ("coil", Coil.ToString());
        }

        yield return ("link", Text($"{ChecksumErrors} checksum errors, {EventsDropped} events dropped"));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", Lines().Select(line => $"{line.Name}: {line.Text}"));

    private string? First => FirstFault is { Code: > 0 } first ? BoardNames.Faults(1u << (int)(first.Code - 1))[0].Name : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
