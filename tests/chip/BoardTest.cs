using System.Buffers.Binary;
using Escapement.Esp32;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Chip.Tests;

/// <summary>A board on the test's thread, with a recorder around it.</summary>
public abstract class BoardTest
{
    internal const int Trigger = 15;

    internal Board Board { get; private set; } = null!;

    internal Recorder Outside { get; private set; } = null!;

    [TestCleanup]
    public void Forget() => Board.Current = null;

    internal Board Boot(BoardOptions? options = null)
    {
        Board = new Board(options);
        Outside = new Recorder { Board = Board };
        Board.Outside = Outside;
        Board.Current = Board;
        return Board;
    }

    internal static long ClockUs() => (long)HighResTimer.GetCurrent();

    internal void SleepUs(long us)
    {
        long end = Board.NowUs + us;
        while (Board.NowUs < end)
        {
            Pause.SleepMs(10);
        }
    }

    internal static TransmitterChannel Channel(int pin = Trigger, Action<TransmitChannelSettings>? set = null)
    {
        var settings = new TransmitChannelSettings(pin);
        set?.Invoke(settings);
        return new TransmitterChannel(settings);
    }

    internal static byte[] List(params (bool Level, int Ticks)[] halves)
    {
        var bytes = new byte[2 * halves.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            int value = halves[i].Ticks | (halves[i].Level ? 0x8000 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)value);
        }

        return bytes;
    }

    /// <summary>
    /// What a list means, read straight from its bytes without any channel memory: edges in ticks since the start, idle low.
    /// </summary>
    internal static List<(bool Level, long Ticks)> Decode(byte[] list)
    {
        var edges = new List<(bool, long)>();
        bool level = false;
        long at = 0;
        for (int i = 0; i + 1 < list.Length; i += 2)
        {
            int half = list[i] | list[i + 1] << 8;
            if ((half & 0x7FFF) == 0)
            {
                break;
            }

            if (half >= 0x8000 != level)
            {
                level = !level;
                edges.Add((level, at));
            }

            at += half & 0x7FFF;
        }

        if (level)
        {
            edges.Add((false, at));
        }

        return edges;
    }

    /// <summary>Checks the recorded edges of the trigger against a decode, for a start at the first recorded edge.</summary>
    internal void AssertEdges(List<(bool Level, long Ticks)> expected, long start80, long tick80 = 80)
    {
        List<(bool Level, long T80)> actual = Outside.Of(Trigger);
        Assert.HasCount(expected.Count, actual);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Level, actual[i].Level, "level of edge " + i);
            Assert.AreEqual(start80 + expected[i].Ticks * tick80, actual[i].T80, "time of edge " + i);
        }
    }
}
