using Escapement.Link;

namespace Escapement.Host;

/// <summary>Reads, once, what a board says about itself and what is around it. It never writes.</summary>
public sealed class BoardSurvey : ITransportStep
{
    private readonly HarpClient client;
    private HarpRequest[] reads = [];

    /// <summary>Over a transport, which stays the caller's to dispose of.</summary>
    public BoardSurvey(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        client = new HarpClient(transport);
    }

    /// <summary>Its status; null when not read.</summary>
    public BoardStatus? Status { get; private set; }

    /// <summary>Its inputs; null when not read.</summary>
    public InputsReading? Inputs { get; private set; }

    /// <summary>The coil's temperature; null when not read.</summary>
    public CoilReading? Coil { get; private set; }

    /// <summary>What it has tested of itself; null when not read.</summary>
    public SelfTestReading? SelfTest { get; private set; }

    /// <summary>What it keeps across power-off: power-ups, pulses in its life, pulses charged to the last hour, abnormal ends. Null when not read.</summary>
    public (long PowerUps, long TotalPulses, long HourPulses, long AbnormalEnds)? History { get; private set; }

    /// <inheritdoc/>
    public bool IsFinished { get; private set; }

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        try
        {
            bool any = client.Step(nowUs);
            if (reads.Length == 0)
            {
                reads = [.. new[] { RegisterAddress.Status, RegisterAddress.Inputs, RegisterAddress.CoilTemperature, RegisterAddress.SelfTestState, RegisterAddress.History }
                    .Select(address => client.Read(address, RegisterTable.TypeOf(address), reply => reply.Payload.Length == RegisterTable.BytesOf(address)))];
            }

            IsFinished = Array.TrueForAll(reads, read => read.IsDone);
            if (IsFinished)
            {
                Take();
            }

            return any && !IsFinished;
        }
        catch (TransportException)
        {
            IsFinished = true;
            return false;
        }
    }

    private void Take()
    {
        Status = reads[0].Reply is { } status ? BoardStatus.From(status) : null;
        Inputs = reads[1].Reply is { } inputs ? InputsReading.From(inputs) : null;
        Coil = reads[2].Reply is { } coil ? CoilReading.From(coil) : null;
        SelfTest = reads[3].Reply is { } test ? SelfTestReading.From(test) : null;
        History = reads[4].Reply is { IsError: false } kept
            ? ((long)kept.U64(HistoryField.PowerUps), (long)kept.U64(HistoryField.TotalPulses), (long)kept.U64(HistoryField.HourPulses), (long)kept.U64(HistoryField.AbnormalEnds))
            : null;
    }
}
