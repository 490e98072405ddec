using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>
/// One thing that the gate must do, tried on a built circuit, good or faulty. It passes when nothing reaches the stimulator that must
/// not; a circuit that has become useless passes too.
/// </summary>
internal sealed class Scenario(string name, Func<Scenario.Worked, bool> holds)
{
    public string Name { get; } = name;

    public bool Holds(GateCircuit circuit, Fault? fault) => holds(new Worked(circuit, fault));

    /// <summary>All of them. The names are those of the list in the description.</summary>
    public static readonly Scenario[] All =
    [
        new("quiet", rig => { rig.Open(); rig.WaitMs(50); return rig.Edges == 0; }),
        new("noEnable", rig => { rig.Beat(100); rig.Fire(3); return rig.Edges == 0; }),
        new("enable", rig => { rig.Open(); rig.Sim.Set("J1.enable", false); return rig.NothingAfterUs(0); }),
        new("watchdog", rig => { rig.Open(); rig.WaitMs(320); return rig.NothingAfterUs(0); }),
        new("stopA", rig => { rig.Open(); rig.Sim.Contact("S1A", false); return rig.NothingAfterUs(1000); }),
        new("stopB", rig => { rig.Open(); rig.Sim.Contact("S1B", false); return rig.NothingAfterUs(1000); }),
        new("emergencyStop", rig => { rig.Open(); rig.Sim.Contact("S1A", false); rig.Sim.Contact("S1B", false); return rig.NothingAfterUs(1000); }),
        new("interlock", rig => { rig.Open(); rig.Sim.Contact("S2", false); return rig.NothingAfterUs(1000); }),
        new("key", rig => { rig.Open(); rig.Sim.Contact("S3", false); return rig.NothingAfterUs(1000); }),
        new("stopALatches", rig => { rig.Open(); rig.Lift("S1A"); return rig.NothingAfterUs(0); }),
        new("stopBLatches", rig => { rig.Open(); rig.Lift("S1B"); return rig.NothingAfterUs(0); }),
        new("interlockLatches", rig => { rig.Open(); rig.Lift("S2"); return rig.NothingAfterUs(0); }),
        new("watchdogLatches", rig => { rig.Open(); rig.WaitMs(320); rig.Beat(100); return rig.NothingAfterUs(0); }),
        new("crossTalk", rig => { rig.Open(); rig.CrossTalk(320); return rig.NothingAfterUs(0); }),
        new("doubleEdge", rig => { rig.Open(); rig.Fire(1, 100); rig.WaitUs(300); rig.Fire(1, 100); rig.WaitMs(5); return rig.Edges <= 1; }),
        new("width", rig => { rig.Open(); rig.Sim.Set("J1.trigger", true); rig.WaitMs(20); return rig.Edges <= 1 && rig.LongestUs <= 1000; }),
    ];

    /// <summary>A board at work on a circuit, and what arrives at the stimulator's connector.</summary>
    internal sealed class Worked
    {
        private long _rose80 = -1;
        private long _longest80;
        private bool _beat;

        public Worked(GateCircuit circuit, Fault? fault)
        {
            Sim = new CircuitSim(circuit, fault);
            foreach (string pin in (string[])["J1.trigger", "J1.enable", "J1.heartbeat"]) { Sim.Set(pin, false); }
            Sim.AdvanceTo(800_000);
            Sim.Watch("J4");
            Sim.Changed = (_, level, t80) =>
            {
                if (level) { Edges++; _rose80 = t80; }
                else if (_rose80 >= 0) { _longest80 = Math.Max(_longest80, t80 - _rose80); _rose80 = -1; }
            };
            if (Sim.Level("J4")) { Edges = 1; _rose80 = Sim.Now80; }
        }

        public CircuitSim Sim { get; }

        /// <summary>Rising edges so far; a line that was high from the start counts as one.</summary>
        public int Edges { get; private set; }

        public long LongestUs => Math.Max(_longest80, _rose80 < 0 ? 0 : Sim.Now80 - _rose80) / 80;

        public void WaitUs(long us) => Sim.AdvanceTo(Sim.Now80 + us * 80);

        public void WaitMs(long ms) => WaitUs(ms * 1000);

        public void Beat(int ms)
        {
            for (int i = 0; i < ms; i += 20)
            {
                Sim.Set("J1.heartbeat", _beat = !_beat);
                WaitMs(20);
            }
        }

        /// <summary>Feeds the watchdog and raises enable.</summary>
        public void Open()
        {
            Beat(60);
            Sim.Set("J1.enable", true);
            WaitMs(2);
        }

        public void Fire(int pulses, long gapUs = 2000)
        {
            for (int i = 0; i < pulses; i++)
            {
                Sim.Set("J1.trigger", true);
                WaitUs(50);
                Sim.Set("J1.trigger", false);
                WaitUs(gapUs - 50);
            }
        }

        /// <summary>A contact opens for a moment.</summary>
        public void Lift(string contact)
        {
            Sim.Contact(contact, false);
            WaitMs(2);
            Sim.Contact(contact, true);
            WaitMs(2);
        }

        /// <summary>Every trigger couples into the heartbeat for 0.3 ms.</summary>
        public void CrossTalk(int ms)
        {
            for (int i = 0; i < ms; i += 20)
            {
                Sim.Set("J1.heartbeat", !_beat);
                WaitUs(300);
                Sim.Set("J1.heartbeat", _beat);
                WaitUs(19_700);
            }
        }

        /// <summary>From so many microseconds on, triggers must move nothing; a line that is still high by then is no good either.</summary>
        public bool NothingAfterUs(long us)
        {
            WaitUs(us);
            int before = Edges;
            bool isLow = !Sim.Level("J4");
            Fire(3);
            return isLow && Edges == before;
        }
    }
}
