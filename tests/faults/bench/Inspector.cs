using Escapement.Host;
using Escapement.Link;

namespace Escapement.Faults.Tests;

/// <summary>Reads what a board has latched, when all is over; it changes nothing. A board that does not answer leaves nulls.</summary>
internal sealed class Inspector : ITransportStep
{
    private readonly HarpClient client;
    private readonly HarpRequest?[] asked = new HarpRequest?[3];
    private bool began;

    public Inspector(ITransport line) => client = new HarpClient(line);

    public bool IsFinished { get; private set; }

    /// <summary>The board's status.</summary>
    public BoardStatus? Status { get; private set; }

    /// <summary>Its first fault; null when there is none.</summary>
    public FirstFaultReading? FirstFault { get; private set; }

    /// <summary>Every fault since the last clear.</summary>
    public uint Faults { get; private set; }

    public bool Step(long nowUs)
    {
        bool any = client.Step(nowUs);
        if (!began)
        {
            began = true;
            asked[0] = client.Read(RegisterAddress.Status, HarpFrames.U64);
            asked[1] = client.Read(RegisterAddress.Faults, HarpFrames.U32);
            asked[2] = client.Read(RegisterAddress.FirstFault, HarpFrames.U64);
            return true;
        }

        if (asked.All(one => one!.IsDone))
        {
            Status = asked[0]!.Reply is { } status ? BoardStatus.From(status) : null;
            Faults = asked[1]!.Reply?.U32(0) ?? 0;
            FirstFault = asked[2]!.Reply is { } first && FirstFaultReading.From(first) is { Code: > 0 } reading ? reading : null;
            IsFinished = true;
        }

        return any;
    }
}
