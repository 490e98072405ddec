using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Word lists written half by half, by the rules of the hardware alone, and a guard to judge them.</summary>
    internal sealed class GuardBench
    {
        public const long BootUs = 1000000;

        /// <summary>First moment at which the unknown past no longer counts: the longest window, 5 s, after power-up.</summary>
        public const long ClearUs = 6000000;

        private readonly byte[] bytes = new byte[4000];
        private int halves;
        private int pulses;
        private long spanUs;

        public static Limits Ceilings()
        {
            Limits limits = new Limits();
            LimitTable.SetCeilings(limits);
            return limits;
        }

        public static OutputGuard Guard()
        {
            OutputGuard guard = new OutputGuard(48, Ceilings());
            guard.Boot(BootUs);
            guard.BeginSession(0);
            return guard;
        }

        /// <summary>A list as it should be, with equal gaps.</summary>
        public static GuardBench Good(int pulses, int gapUs, int widthUs)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            for (int i = 1; i < pulses; i++)
            {
                list.Gap(gapUs, widthUs);
            }

            list.Last(widthUs);
            return list;
        }

        /// <summary>A pulse and the low after it, up to the next onset.</summary>
        public void Gap(int gapUs, int widthUs)
        {
            Half(true, widthUs);
            int lows = (gapUs - widthUs + 32766) / 32767;
            Low(gapUs - widthUs, lows % 2 == 0 ? lows + 1 : lows);
            pulses++;
            spanUs += gapUs;
        }

        /// <summary>The last pulse, with nothing after it.</summary>
        public void Last(int widthUs)
        {
            Half(true, widthUs);
            Half(false, 1);
            pulses++;
        }

        public void Half(bool high, int us)
        {
            int value = high ? us | 0x8000 : us;
            bytes[2 * halves] = (byte)value;
            bytes[2 * halves + 1] = (byte)(value >> 8);
            halves++;
        }

        /// <summary>Overwrites one half.</summary>
        public void Set(int half, int value)
        {
            bytes[2 * half] = (byte)value;
            bytes[2 * half + 1] = (byte)(value >> 8);
        }

        public void Low(int us, int count)
        {
            for (int left = count; left > 0; left--)
            {
                int part = us - (left - 1) < 32767 ? us - (left - 1) : 32767;
                Half(false, part);
                us -= part;
            }
        }

        public byte[] Bytes()
        {
            byte[] list = new byte[halves * 2];
            System.Array.Copy(bytes, 0, list, 0, list.Length);
            return list;
        }

        /// <summary>The verdict with what was written taken for the plan.</summary>
        public int Judge(OutputGuard guard, long firstUs, Limits limits)
        {
            return JudgeAs(guard, firstUs, limits, pulses, spanUs);
        }

        /// <summary>The verdict with another plan.</summary>
        public int JudgeAs(OutputGuard guard, long firstUs, Limits limits, int plannedPulses, long plannedSpanUs)
        {
            if (halves / 2 % 48 == 0)
            {
                Half(false, 1);
                Half(false, 1);
            }

            guard.Begin(Bytes(), halves / 2, 4, firstUs, plannedPulses, plannedSpanUs, limits);
            guard.BodyCrc = 1;
            return Finish(guard, 7);
        }

        /// <summary>Steps to the end.</summary>
        public static int Finish(OutputGuard guard, int budgetWords)
        {
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 10000, "it never ends");
                result = guard.Step(budgetWords);
            }

            Assert.AreEqual(result == 1, guard.Verdict == GuardVerdict.None);
            return guard.Verdict;
        }
    }
}
