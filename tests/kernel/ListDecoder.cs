using System.Buffers.Binary;

namespace Escapement.Kernel.Tests;

/// <summary>A pulse read back from a word list: rising edge in ticks from the list's beginning, and its width.</summary>
public readonly record struct DecodedPulse(long RiseTick, int WidthTicks);

/// <summary>Plays a word list as the hardware's description says, half by half. Written from that description alone.</summary>
public sealed class ListDecoder
{
    public List<DecodedPulse> Pulses { get; } = [];

    public long TotalTicks { get; }

    public ListDecoder(byte[] list)
    {
        long now = 0, rise = 0;
        bool high = false;
        for (int at = 0; at < list.Length; at += 2)
        {
            int half = BinaryPrimitives.ReadUInt16LittleEndian(list.AsSpan(at));
            bool level = (half & 0x8000) != 0;
            int ticks = half & 0x7FFF;
            Assert.AreNotEqual(0, ticks, $"half {at / 2} is zero: the hardware would stop there");
            if (level && !high)
            {
                rise = now;
                Assert.AreEqual(0, at % 4, $"the pulse at half {at / 2} does not begin a word");
            }
            else if (!level && high)
            {
                Pulses.Add(new DecodedPulse(rise, (int)(now - rise)));
            }

            high = level;
            now += ticks;
        }

        Assert.IsFalse(high, "the list ends high");
        TotalTicks = now;
    }
}
