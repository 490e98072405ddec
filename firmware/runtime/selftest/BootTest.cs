using Escapement.Link;
using Escapement.Runtime.Host;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.SelfTest
{
    /// <summary>What the board tests of itself without a pulse, at power-up.</summary>
    public sealed class BootTest
    {
        /// <summary>A forced garbage collection may take this long, us: it must fit into the pauses that a live board survives.</summary>
        public const int CollectionLimitUs = 100000;

        private readonly ICrc32 _crc;
        private readonly IGate _gate;
        private readonly ITriggerOutput _trigger;
        private readonly IClock _clock;
        private readonly IBoardSystem _system;
        private readonly CounterWatch _counters;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly byte[] _checkText = { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 };

        /// <summary>Tests these.</summary>
        public BootTest(ICrc32 crc, IGate gate, ITriggerOutput trigger, IClock clock, IBoardSystem system, CounterWatch counters, ProgramStore program, LimitsInForce limits)
        {
            _crc = crc;
            _gate = gate;
            _trigger = trigger;
            _clock = clock;
            _system = system;
            _counters = counters;
            _program = program;
            _limits = limits;
        }

        /// <summary>Steps that passed, Link.SelfTestSteps.</summary>
        public int Passed;

        /// <summary>The step that failed, 0 when none did.</summary>
        public int Failed;

        /// <summary>Length of the forced garbage collection, us.</summary>
        public long CollectionUs;

        /// <summary>Runs every step until one fails. Returns its fault, 0 when all passed.</summary>
        public int Run()
        {
            Passed = 0;
            Failed = 0;
            if (!Check(SelfTestSteps.Checksum, _crc.Compute(_checkText, 0, _checkText.Length) == 0xCBF43926 && _limits.AreIntact())
                || !Check(SelfTestSteps.Memory, HoldsPatterns(_program.Image)))
            {
                return FaultCode.Internal;
            }

            if (!Check(SelfTestSteps.GateClosed, !_gate.IsOpen()))
            {
                return FaultCode.GateMismatch;
            }

            if (!Check(SelfTestSteps.CountersQuiet, _counters.WindowRaw == 0 && _counters.WindowGated == 0))
            {
                return FaultCode.TriggerNotQuiet;
            }

            if (!Check(SelfTestSteps.TriggerOpens, _trigger.Open()))
            {
                return FaultCode.SendFailed;
            }

            Collect();
            return 0;
        }

        /// <summary>Forces a garbage collection and takes its time. Too long is a reason against arming, not a fault.</summary>
        public void Collect()
        {
            long startUs = _clock.NowUs();
            _system.CollectGarbage();
            CollectionUs = _clock.NowUs() - startUs;
            Passed &= ~SelfTestSteps.Collection;
            Passed |= CollectionUs <= CollectionLimitUs ? SelfTestSteps.Collection : 0;
        }

        private bool Check(int step, bool good)
        {
            Passed |= good ? step : 0;
            Failed = good ? 0 : step;
            return good;
        }

        // The program's own memory, both patterns, then empty as it was.
        private static bool HoldsPatterns(byte[] memory)
        {
            bool good = true;
            for (int pattern = 0; pattern < 2; pattern++)
            {
                for (int i = 0; i < memory.Length; i++)
                {
                    memory[i] = (byte)(pattern == 0 ? i ^ 0x55 : i ^ 0xAA);
                }

                for (int i = 0; i < memory.Length; i++)
                {
                    good &= memory[i] == (byte)(pattern == 0 ? i ^ 0x55 : i ^ 0xAA);
                }
            }

            System.Array.Clear(memory, 0, memory.Length);
            return good;
        }
    }
}
