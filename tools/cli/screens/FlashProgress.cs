using System.Globalization;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Tells what happens while a board is flashed: each step, on a terminal each line of the flasher, and that it still works.</summary>
internal sealed class FlashProgress : IFlashObserver, IDisposable
{
    private const int BeatS = 10;

    private readonly Streams streams;
    private readonly bool isQuiet;
    private readonly Timer beat;
    private readonly Lock one = new();
    private long beganMs;

    public FlashProgress(Streams streams, bool isQuiet)
    {
        this.streams = streams;
        this.isQuiet = isQuiet;
        beat = new Timer(_ => Beat());
    }

    /// <summary>Titles of the steps that began.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>What was to know.</summary>
    public List<string> Notices { get; } = [];

    public void OnStep(string title)
    {
        Steps.Add(title);
        beganMs = Environment.TickCount64;
        beat.Change(TimeSpan.FromSeconds(BeatS), TimeSpan.FromSeconds(BeatS));
        Say($"- {title}");
    }

    public void OnLine(string line)
    {
        if (streams.IsTerminal)
        {
            Say("    " + line);
        }
    }

    public void OnNotice(string sentence)
    {
        Notices.Add(sentence);
        Say("  " + sentence);
    }

    public void Dispose() => beat.Dispose();

    private void Beat() => Say(string.Create(CultureInfo.InvariantCulture, $"  still at it after {(Environment.TickCount64 - beganMs) / 1000} s"));

    private void Say(string text)
    {
        if (isQuiet)
        {
            return;
        }

        lock (one)
        {
            streams.Out.WriteLine(text);
        }
    }
}
