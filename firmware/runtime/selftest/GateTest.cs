using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Watch;

namespace Escapement.Runtime.SelfTest
{
    /// <summary>
    /// Tests the gate with pulses, each term alone with the others good: closed it lets nothing through, enable's edge opens it and its low closes it,
    /// open it lets every pulse through, a starved watchdog drops it, and what has dropped stays so. Nothing may be connected meanwhile: it runs
    /// with the isolator's supply off (key) or on an operator's word.
    /// </summary>
    public sealed class GateTest
    {
        /// <summary>A gate that was tested longer ago than this counts as untested, us (a day).</summary>
        public const long LifeUs = 24L * 3600 * 1000000;

        /// <summary>Pulses of one test train.</summary>
        public const int Pulses = 3;

        /// <summary>The watchdog may not have expired this long after its last feed, us: 250 ms less 20 %, less a pass and the filter.</summary>
        public const int WatchdogLeastUs = 180000;

        /// <summary>And must have by then, us: 250 ms and 20 %, and a pass.</summary>
        public const int WatchdogMostUs = 320000;

        // Lead-in of 20 ms, pulses of 100 us every 5 ms: the train has ended for certain after this, us.
        private const int TrainUs = 60000;

        // The watchdog must have been fed for this long before a gate can open, us.
        private const int FeedUs = 80000;

        private const int Off = 0, Blocked = 1, Feeding = 2, Passing = 3, Starving = 4, Staying = 5;
        private const int Slot = 0;
        private const int Words = Pulses + 1;

        private readonly IGate _gate;
        private readonly ITriggerOutput _trigger;
        private readonly CounterWatch _counters;
        private readonly IClock _clock;
        private int _step;
        private bool _needsKeyOff;
        private long _sinceUs;
        private long _fedFromUs;
        private long _lastPassUs;

        /// <summary>Tests through these ports.</summary>
        public GateTest(IGate gate, ITriggerOutput trigger, CounterWatch counters, IClock clock)
        {
            _gate = gate;
            _trigger = trigger;
            _counters = counters;
            _clock = clock;
        }

        /// <summary>Steps that passed, Link.SelfTestSteps.</summary>
        public int Passed;

        /// <summary>The step that failed, 0 when none did.</summary>
        public int Failed;

        /// <summary>Board clock when it last passed, us; 0 when it has not since power-up.</summary>
        public long TestedAtUs;

        /// <summary>Whether it is under way.</summary>
        public bool IsActive => _step != Off;

        /// <summary>Whether it wants the watchdog fed in this pass.</summary>
        public bool WantsFeed => _step == Feeding || _step == Passing || _step == Staying;

        /// <summary>Whether the gate counts as tested.</summary>
        public bool IsFresh(long nowUs)
        {
            return TestedAtUs != 0 && nowUs - TestedAtUs <= LifeUs;
        }

        /// <summary>Begins. The caller has made sure that nothing is connected and that nothing else uses the trigger.</summary>
        /// <param name="needsKeyOff">Whether it is the key that makes sure: then it ends when the key is turned on.</param>
        public void Begin(bool needsKeyOff)
        {
            Passed = 0;
            Failed = 0;
            TestedAtUs = 0;
            _needsKeyOff = needsKeyOff;
            _gate.Disable();
            if (!_trigger.Allocate(Slot, Words * 4))
            {
                Failed = SelfTestSteps.PulsesBlocked;
                return;
            }

            WriteTrain(_trigger.Buffer(Slot));
            Fire(Blocked);
        }

        /// <summary>Ends it unfinished; the caller makes the hardware safe.</summary>
        public void Cancel()
        {
            _step = Off;
        }

        /// <summary>One pass. True when it has ended: <see cref="Failed"/> says how.</summary>
        /// <param name="keyIsOff">Whether the key was off without a break since the last pass.</param>
        /// <param name="nowUs">Board clock, us.</param>
        public bool Pass(bool keyIsOff, long nowUs)
        {
            if (_step == Off || (_needsKeyOff && !keyIsOff))
            {
                _step = Off;
                return true;
            }

            long spentUs = nowUs - _sinceUs;
            if (_step == Blocked && spentUs >= TrainUs)
            {
                JudgeBlocked(nowUs);
            }
            else if (_step == Feeding && spentUs >= FeedUs)
            {
                JudgeEnable(nowUs);
            }
            else if (_step == Passing && spentUs >= TrainUs)
            {
                JudgePassing(nowUs);
            }
            else if (_step == Starving)
            {
                JudgeStarving(nowUs);
            }
            else if (_step == Staying && spentUs >= FeedUs)
            {
                JudgeStaying(nowUs);
            }

            _lastPassUs = nowUs;
            return _step == Off;
        }

        private void JudgeBlocked(long nowUs)
        {
            bool good = _counters.WindowRaw == Pulses && _counters.WindowGated == 0 && !_gate.IsOpen();
            Go(good, SelfTestSteps.PulsesBlocked, Feeding, nowUs);
        }

        private void JudgeEnable(long nowUs)
        {
            bool wasClosed = !_gate.IsOpen();
            _gate.Enable();
            bool opened = _gate.IsOpen();
            _gate.Disable();
            bool closed = !_gate.IsOpen();
            _gate.Enable();
            bool good = wasClosed && opened && closed && _gate.IsOpen();
            Go(good, SelfTestSteps.EnableTerm, Passing, nowUs);
            if (good)
            {
                Fire(Passing);
            }
        }

        private void JudgePassing(long nowUs)
        {
            bool good = _counters.WindowRaw == Pulses && _counters.WindowGated == Pulses && _gate.IsOpen();
            Go(good, SelfTestSteps.PulsesPass, Starving, nowUs);
            _fedFromUs = _lastPassUs;
        }

        // The last feed lies between the last pass and the one that stopped feeding; whatever pause lies there, neither bound can be unfair.
        private void JudgeStarving(long nowUs)
        {
            bool open = _gate.IsOpen();
            if (open && nowUs - _sinceUs <= WatchdogMostUs)
            {
                return;
            }

            Go(!open && nowUs - _fedFromUs >= WatchdogLeastUs, SelfTestSteps.WatchdogTerm, Staying, nowUs);
        }

        private void JudgeStaying(long nowUs)
        {
            Go(!_gate.IsOpen(), SelfTestSteps.LatchStays, Off, nowUs);
            if (Failed == 0)
            {
                TestedAtUs = nowUs;
            }
        }

        private void Go(bool good, int step, int next, long nowUs)
        {
            Passed |= good ? step : 0;
            Failed = good ? 0 : step;
            _step = good ? next : Off;
            _sinceUs = nowUs;
        }

        private void Fire(int step)
        {
            _counters.BeginWindow();
            _step = step;
            if (!_trigger.Open() || !_trigger.Send(Slot))
            {
                Failed = SelfTestSteps.TriggerOpens;
                _step = Off;
            }

            _sinceUs = _clock.NowUs(); // not the pass's own time: the interpreter may have paused before the send
        }

        // Word by word: two halves of 15 bits, the level in bit 15. One word of 20 ms low, then a pulse of 100 us and 4,900 us low each.
        private static void WriteTrain(byte[] list)
        {
            WriteWord(list, 0, 10000, 10000);
            for (int i = 1; i < Words; i++)
            {
                WriteWord(list, i * 4, 0x8000 | 100, 4900);
            }
        }

        private static void WriteWord(byte[] list, int at, int first, int second)
        {
            list[at] = (byte)first;
            list[at + 1] = (byte)(first >> 8);
            list[at + 2] = (byte)second;
            list[at + 3] = (byte)(second >> 8);
        }
    }
}
