using Escapement.Runtime;
using Escapement.Runtime.History;
using Escapement.Runtime.Ports;

namespace Escapement.Fuzz.Boards;

/// <summary>
/// Every port of the supervisor over a plain model that counts what is asked of it. Its clock moves only when told to, so two of them that are
/// told the same live at the same microsecond. Allocates nothing once it runs.
/// </summary>
public sealed class StillBoard : IClock, ITriggerOutput, IGate, ICounters, IInputs, ILinkPort, ICrc32, IRecordStore, IBoardSystem
{
    private const int WatchdogUs = 250_000;

    private readonly byte[]?[] lists = new byte[4][];
    private readonly byte[]?[] records = [Blank(), null];
    private readonly byte[] incoming = new byte[1024];
    private readonly long[] pending = new long[16_384];
    private int pendingFrom, pendingTo;
    private int incomingAt, incomingEnd;
    private int raw, gated;
    private bool latched;
    private long lastFeedUs = long.MinValue / 2;
    private long feedingSinceUs;

    /// <summary>What was asked of gate, trigger, store and system, by kind.</summary>
    public readonly int[] Calls = new int[12];

    public static readonly string[] CallNames = ["enable", "disable", "feed", "open", "send", "abort", "allocate", "release", "write record", "collect", "reboot", "lamp"];

    public readonly byte[] Sent = new byte[65_536];

    public long TimeUs = 1;
    public int SentCount;
    public int InputLevels = InputBits.Levels & ~InputBits.FootSwitch;

    /// <summary>Stands between line and board: turns the bytes that arrive into others. For broken stand-ins.</summary>
    public Action<byte[], int>? OnTheWay;

    public int Present => InputBits.Levels & ~InputBits.FootSwitch;

    public int Reboots => Calls[10];

    public Supervisor Start() => new(new BoardFigures(), this, this, this, this, this, this, this, this, this);

    public void Arrive(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(incoming.AsSpan(incomingEnd));
        incomingEnd += bytes.Length;
    }

    public void Advance(long us)
    {
        TimeUs += us;
        for (; pendingFrom < pendingTo && pending[pendingFrom] <= TimeUs; pendingFrom++)
        {
            raw++;
            gated += latched && pending[pendingFrom] - lastFeedUs < WatchdogUs ? 1 : 0;
        }

        latched &= TimeUs - lastFeedUs < WatchdogUs;
    }

    public long NowUs() => TimeUs;

    public bool Allocate(int slot, int lengthBytes)
    {
        Calls[6]++;
        lists[slot] = new byte[lengthBytes];
        return true;
    }

    public byte[] Buffer(int slot) => lists[slot]!;

    public void Release()
    {
        Calls[7]++;
        Array.Clear(lists);
    }

    public bool Open()
    {
        Calls[3]++;
        return true;
    }

    public bool Send(int slot)
    {
        Calls[4]++;
        byte[] list = lists[slot]!;
        long at = TimeUs;
        pendingFrom = 0;
        pendingTo = 0;
        for (int i = 0; i < list.Length; i += 2)
        {
            int half = list[i] | (list[i + 1] << 8);
            if (half >= 0x8000)
            {
                pending[pendingTo++] = at;
            }

            at += half & 0x7FFF;
        }

        return true;
    }

    public void Abort()
    {
        Calls[5]++;
        pendingTo = pendingFrom;
    }

    public void Enable()
    {
        Calls[0]++;
        latched = TimeUs - lastFeedUs < WatchdogUs && lastFeedUs - feedingSinceUs >= 20_000;
    }

    public void Disable()
    {
        Calls[1]++;
        latched = false;
    }

    public void Feed()
    {
        Calls[2]++;
        feedingSinceUs = TimeUs - lastFeedUs < WatchdogUs ? feedingSinceUs : TimeUs;
        lastFeedUs = TimeUs;
    }

    public bool IsOpen() => latched;

    public int RawPulses() => raw;

    public int GatedPulses() => gated;

    public int TriggerOutPulses() => 0;

    public int ReadTemperature() => -1;

    public int Read() => InputLevels | (~Present & InputBits.Levels);

    public int Read(byte[] buffer)
    {
        int count = Math.Min(buffer.Length, incomingEnd - incomingAt);
        Array.Copy(incoming, incomingAt, buffer, 0, count);
        incomingAt += count;
        if (incomingAt == incomingEnd)
        {
            incomingAt = incomingEnd = 0;
        }

        if (count > 0)
        {
            OnTheWay?.Invoke(buffer, count);
        }

        return count;
    }

    public bool Write(byte[] buffer, int count)
    {
        Array.Copy(buffer, 0, Sent, SentCount, count);
        SentCount += count;
        return true;
    }

    public bool Read(int slot, byte[] buffer)
    {
        byte[]? record = records[slot];
        if (record?.Length != buffer.Length)
        {
            return false;
        }

        record.CopyTo(buffer, 0);
        return true;
    }

    public bool Write(int slot, byte[] buffer)
    {
        Calls[8]++;
        records[slot] ??= new byte[buffer.Length];
        buffer.CopyTo(records[slot]!, 0);
        return true;
    }

    public uint Compute(byte[] buffer, int offset, int count) => Crc.Of(buffer.AsSpan(offset, count));

    public void CollectGarbage() => Calls[9]++;

    public void Reboot() => Calls[10]++;

    public void Lamp(bool on) => Calls[11]++;

    // A board that was flashed and has never run.
    private static byte[] Blank()
    {
        byte[] record = new byte[HistoryRecord.Bytes];
        new HistoryRecord().Put(record, new PlainCrc());
        return record;
    }

    private sealed class PlainCrc : ICrc32
    {
        public uint Compute(byte[] buffer, int offset, int count) => Crc.Of(buffer.AsSpan(offset, count));
    }
}

/// <summary>CRC-32 as zip has it.</summary>
public static class Crc
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }

            table[i] = crc;
        }

        return table;
    }
}
