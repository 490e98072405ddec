using Escapement.Runtime;
using Escapement.Runtime.History;
using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Tests;

/// <summary>Every port of the supervisor over one plain model: a clock, a list player that decodes words by the rules of the datasheet, a gate, counters.</summary>
public sealed class FakeBoard : IClock, ITriggerOutput, IGate, ICounters, IInputs, ILinkPort, ICrc32, IRecordStore, IBoardSystem
{
    private readonly byte[]?[] lists = new byte[4][];
    private readonly Queue<byte> toBoard = new();
    private readonly List<byte> fromBoard = [];
    private bool open;
    private bool latched;
    private bool enabled;
    private long lastFeedUs = long.MinValue / 2;
    private long feedingSinceUs;

    public long TimeUs = 1;
    public long CallCostUs = 2;
    public long SendCostUs = 50;
    public long EnableCostUs = 2;
    public bool WatchdogNeverExpires, LatchComesBack;
    public bool GateSticksOpen, GateSticksClosed, RefuseSend, RefuseMemory, LoseGated, LinkFails;
    public int StrayRaw, StrayGated, StrayOut;
    public int InputLevels = InputBits.Levels & ~InputBits.FootSwitch;
    public int Present = InputBits.Levels & ~InputBits.FootSwitch;
    public int TemperatureReading = 2048;
    public int AnswersLeft;
    public int Feeds, Reboots, Aborts, Collections, Lamps;
    public Action? BeforeSend;
    public bool RefuseOpen, RefuseWrite;

    /// <summary>Told the name of every port call, before it has its effect.</summary>
    public Action<string>? OnCall;

    /// <summary>Rising edges of the trigger line, board time, with the gate's state at that moment.</summary>
    public List<(long TimeUs, bool Gated)> Edges { get; } = [];

    /// <summary>What happened so far, in the self-test, was no session's; the counters keep it.</summary>
    public void ForgetSelfTest()
    {
        Feeds = 0;
        Aborts = 0;
        Collections = 0;
        earlierRaw += Edges.Count;
        earlierGated += Edges.Count(edge => edge.Gated);
        Edges.Clear();
    }

    private int earlierRaw, earlierGated;

    /// <summary>Rising edges still to come of the list that plays.</summary>
    private readonly List<long> pending = [];

    public Supervisor Start(BoardFigures figures) => new(figures, this, this, this, this, this, this, this, this, this);

    public void Advance(long us)
    {
        TimeUs += us;
        foreach (long edge in pending.Where(edge => edge <= TimeUs).ToList())
        {
            pending.Remove(edge);
            Edges.Add((edge, (GateSticksOpen || (latched && !GateSticksClosed && edge - lastFeedUs < 250_000)) && !LoseGated));
        }

        latched &= TimeUs - lastFeedUs < 250_000 || WatchdogNeverExpires;
    }

    /// <summary>Set by enable while the watchdog runs (fed for some passes, last within 250 ms); dropped for good when it expires.</summary>
    public bool IsLatched => (latched && !GateSticksClosed) || GateSticksOpen;

    private bool WatchdogRuns => TimeUs - lastFeedUs < 250_000 && lastFeedUs - feedingSinceUs >= 20_000;

    long IClock.NowUs()
    {
        OnCall?.Invoke("NowUs");
        Advance(CallCostUs);
        return TimeUs;
    }

    bool ITriggerOutput.Allocate(int slot, int lengthBytes)
    {
        lists[slot] = RefuseMemory ? null : new byte[lengthBytes];
        return !RefuseMemory;
    }

    byte[] ITriggerOutput.Buffer(int slot) => lists[slot]!;

    void ITriggerOutput.Release() => Array.Clear(lists);

    bool ITriggerOutput.Open()
    {
        OnCall?.Invoke("Open");
        return open = !RefuseOpen;
    }

    bool ITriggerOutput.Send(int slot)
    {
        OnCall?.Invoke("Send");
        if (RefuseSend || !open)
        {
            return false;
        }

        BeforeSend?.Invoke();
        Assert.IsEmpty(pending, "a list was sent while another one played: the real driver would freeze");
        byte[] list = lists[slot]!;
        Assert.AreNotEqual(0, list.Length / 4 % 48, "an exact multiple of the channel memory sends nothing");
        long at = TimeUs;
        for (int i = 0; i < list.Length; i += 2)
        {
            int half = list[i] | (list[i + 1] << 8);
            Assert.AreNotEqual(0, half & 0x7FFF, "a zero half ends the transmission");
            if (half >= 0x8000)
            {
                pending.Add(at);
            }

            at += half & 0x7FFF;
        }

        Advance(SendCostUs);
        return true;
    }

    void ITriggerOutput.Abort()
    {
        OnCall?.Invoke("Abort");
        Aborts++;
        pending.Clear();
        open = false;
    }

    void IGate.Enable()
    {
        OnCall?.Invoke("Enable");
        Advance(EnableCostUs);
        latched = WatchdogRuns;
        enabled = true;
    }

    void IGate.Disable()
    {
        OnCall?.Invoke("Disable");
        latched = false;
        enabled = false;
    }

    void IGate.Feed()
    {
        OnCall?.Invoke("Feed");
        Feeds++;
        feedingSinceUs = TimeUs - lastFeedUs < 250_000 ? feedingSinceUs : TimeUs;
        lastFeedUs = TimeUs;
        latched |= LatchComesBack && enabled;
    }

    bool IGate.IsOpen()
    {
        OnCall?.Invoke("IsOpen");
        return IsLatched;
    }

    int ICounters.RawPulses()
    {
        OnCall?.Invoke("RawPulses");
        return StrayRaw < 0 ? -1 : earlierRaw + Edges.Count + StrayRaw;
    }

    int ICounters.GatedPulses()
    {
        OnCall?.Invoke("GatedPulses");
        return StrayGated < 0 ? -1 : earlierGated + Edges.Count(edge => edge.Gated) + StrayGated;
    }

    int ICounters.TriggerOutPulses() => StrayOut < 0 ? -1 : (InputLevels & InputBits.Key) == 0 ? StrayOut : Math.Min(AnswersLeft, Edges.Count(edge => edge.Gated && edge.TimeUs + 215 <= TimeUs)) + StrayOut;

    int IInputs.Present => Present;

    int IInputs.ReadTemperature() => TemperatureReading;

    int IInputs.Read()
    {
        OnCall?.Invoke("Inputs");
        return InputLevels | (~Present & InputBits.Levels);
    }

    int ILinkPort.Read(byte[] buffer)
    {
        OnCall?.Invoke("LinkRead");
        int count = LinkFails ? -1 : 0;
        while (count >= 0 && count < buffer.Length && toBoard.TryDequeue(out byte value))
        {
            buffer[count++] = value;
        }

        return count;
    }

    bool ILinkPort.Write(byte[] buffer, int count)
    {
        OnCall?.Invoke("Write");
        Assert.IsLessThanOrEqualTo(128, count);
        fromBoard.AddRange(buffer.Take(RefuseWrite ? 0 : count));
        return !RefuseWrite;
    }

    /// <summary>What survives power-off: a board that was flashed and has never run.</summary>
    public byte[]?[] Records = [Blank(), null];
    public bool RefuseRecords;
    public int Writes;

    /// <summary>Told before a record is written.</summary>
    public Action? BeforeWrite;

    public static byte[] Blank()
    {
        byte[] record = new byte[HistoryRecord.Bytes];
        new HistoryRecord().Put(record, new PlainCrc());
        return record;
    }

    public sealed class PlainCrc : ICrc32
    {
        public uint Compute(byte[] buffer, int offset, int count) => Crc(buffer, offset, count);
    }

    bool IRecordStore.Read(int slot, byte[] buffer)
    {
        byte[]? record = Records[slot];
        if (record?.Length != buffer.Length)
        {
            return false;
        }

        record.CopyTo(buffer, 0);
        return true;
    }

    bool IRecordStore.Write(int slot, byte[] buffer)
    {
        BeforeWrite?.Invoke();
        Writes++;
        Records[slot] = RefuseRecords ? Records[slot] : [.. buffer];
        return !RefuseRecords;
    }

    /// <summary>Told of every checksum that is about to be computed, and by how much it comes out wrong.</summary>
    public Action<byte[]>? BeforeCrc;
    public uint CrcError;

    uint ICrc32.Compute(byte[] buffer, int offset, int count)
    {
        BeforeCrc?.Invoke(buffer);
        return Crc(buffer, offset, count) ^ CrcError;
    }

    public long CollectionCostUs;

    void IBoardSystem.CollectGarbage()
    {
        Collections++;
        Advance(CollectionCostUs);
    }

    void IBoardSystem.Reboot() => Reboots++;

    void IBoardSystem.Lamp(bool on) => Lamps++;

    public void Feed(byte[] bytes)
    {
        foreach (byte value in bytes)
        {
            toBoard.Enqueue(value);
        }
    }

    public byte[] TakeOutput()
    {
        byte[] all = [.. fromBoard];
        fromBoard.Clear();
        return all;
    }

    /// <summary>CRC-32 bit by bit, as the standard writes it.</summary>
    public static uint Crc(byte[] buffer, int offset, int count)
    {
        uint crc = 0xFFFFFFFF;
        for (int i = 0; i < count; i++)
        {
            crc ^= buffer[offset + i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
