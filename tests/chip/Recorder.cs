namespace Escapement.Chip.Tests;

/// <summary>An outside that writes down every change of a pin, and can do things at chosen times.</summary>
internal sealed class Recorder : IOutside
{
    private readonly PriorityQueue<Action<long>, long> plan = new();

    public List<(int Pin, bool Level, long T80)> Edges { get; } = new();

    public List<long> Pauses { get; } = new();

    /// <summary>Wires an output to an input, as on the board.</summary>
    public Dictionary<int, int> Wires { get; } = new();

    public Board? Board { get; set; }

    public long NextEvent80 => plan.TryPeek(out _, out long at) ? at : long.MaxValue;

    public void At(long t80, Action<long> action)
    {
        plan.Enqueue(action, t80);
        Board?.Refresh();
    }

    public void AdvanceTo(long t80)
    {
        while (plan.TryPeek(out Action<long>? action, out long at) && at <= t80)
        {
            plan.Dequeue();
            action(at);
        }
    }

    public void PinChanged(int pin, bool level, long t80)
    {
        Edges.Add((pin, level, t80));
        if (Wires.TryGetValue(pin, out int input))
        {
            Board!.DriveInput(input, level, t80);
        }
    }

    public void OnPause(long nowUs) => Pauses.Add(nowUs);

    public List<(bool Level, long T80)> Of(int pin) => Edges.Where(e => e.Pin == pin).Select(e => (e.Level, e.T80)).ToList();
}
