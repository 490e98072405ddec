using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>One thing that is wrong with a built circuit.</summary>
/// <param name="Net">The net it is on.</param>
/// <param name="Text">What it is.</param>
internal abstract record Fault(string Net, string Text)
{
    /// <summary>The net is held at a level by something strong: a short to a supply or to ground, a driver that died.</summary>
    public sealed record Stuck(string Net, bool High) : Fault(Net, $"{Net} stuck {(High ? "high" : "low")}");

    /// <summary>One joint is open. What hangs in the air reads as the given level.</summary>
    public sealed record Open(string Net, string Pin, bool FloatsHigh) : Fault(Net, $"{Pin} open, floating {(FloatsHigh ? "high" : "low")}");

    /// <summary>The net is cut into its single pins. What hangs in the air reads as the given level.</summary>
    public sealed record Cut(string Net, bool FloatsHigh) : Fault(Net, $"{Net} cut, floating {(FloatsHigh ? "high" : "low")}");

    /// <summary>Every single fault of a circuit.</summary>
    public static IEnumerable<Fault> All(GateCircuit circuit)
    {
        foreach (Net net in circuit.Nets)
        {
            foreach (bool high in (bool[])[false, true])
            {
                yield return new Stuck(net.Name, high);
                yield return new Cut(net.Name, high);
                foreach (Pin pin in net.Pins) { yield return new Open(net.Name, pin.ToString(), high); }
            }
        }
    }
}
