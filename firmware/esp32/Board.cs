using System.Device.Gpio;
using Escapement.Runtime;

namespace Escapement.Esp32
{
    /// <summary>The board as one object: its ports, made in the order in which it is safe to make them, and the supervisor above them.</summary>
    public sealed class Board
    {
        private readonly GpioController _controller = new GpioController();
        private readonly BoardProfile _profile;
        private readonly TriggerOutput _trigger;
        private readonly Gate _gate;
        private Supervisor _supervisor;

        /// <summary>Makes everything that can drive a line safe: trigger low as a plain output, gate closed. Nothing else is opened yet.</summary>
        public Board(BoardProfile profile)
        {
            _profile = profile;
            BoardPins pins = profile.Pins;

            // A plain output first: it drives low. RMT takes the pad over when its channel is made, and creating it with idle low makes no edge.
            _controller.OpenPin(pins.Trigger, PinMode.Output);
            _gate = new Gate(_controller, pins.Enable, pins.Heartbeat, pins.GateReadBack);
            _trigger = new TriggerOutput(pins.Trigger);
        }

        /// <summary>Opens the rest and builds the supervisor. Call it when the debugger has chosen its transport.</summary>
        public void Build()
        {
            BoardPins pins = _profile.Pins;
            BoardSystem system = new BoardSystem(_controller, pins.Lamp);
            Inputs inputs = new Inputs(_controller, pins);

            // The trigger channel before the counters: making it first keeps its creation out of the count.
            _trigger.Open();
            Counters counters = new Counters(pins.RawCounter, pins.GatedCounter, pins.TriggerOut);
            LinkPort link = new LinkPort(_profile.LinkPort, pins.LinkTransmit, pins.LinkReceive);
            _supervisor = new Supervisor(_profile.Figures, new BoardClock(), _gate, _trigger, counters, inputs, link, new NativeCrc32(), new RecordFiles(), system);
        }

        /// <summary>One pass of the supervisor.</summary>
        public void Pass()
        {
            _supervisor.Pass();
        }

        /// <summary>Closes the gate and stops the output, whatever else works.</summary>
        public void MakeSafe()
        {
            try
            {
                _gate.Disable();
            }
            finally
            {
                _trigger.Abort();
            }
        }
    }
}
