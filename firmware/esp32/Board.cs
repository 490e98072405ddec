using System.Device.Gpio;
using Escapement.Runtime;

namespace Escapement.Esp32
{
    /// <summary>The board as one object: its ports, made in the order in which it is safe to make them, and the supervisor above them.</summary>
    public sealed class Board
    {
        private readonly GpioController _controller = new GpioController();
        private readonly TriggerOutput _trigger;
        private readonly Gate _gate;
        private Supervisor _supervisor;

        /// <summary>Makes everything that can drive a line safe: trigger low as a plain output, gate closed. Nothing else is opened yet.</summary>
        public Board(BoardPins pins)
        {
            Pins = pins;

            // A plain output first: it drives low. RMT takes the pad over when its channel is made, and creating it with idle low makes no edge.
            _controller.OpenPin(pins.Trigger, PinMode.Output);
            _gate = new Gate(_controller, pins.Enable, pins.Heartbeat, pins.GateReadBack);
            _trigger = new TriggerOutput(pins.Trigger);
        }

        /// <summary>The pins in use.</summary>
        public BoardPins Pins { get; }

        /// <summary>Opens the rest and builds the supervisor. Call it when the debugger has chosen its transport.</summary>
        public void Build(BoardFigures figures)
        {
            BoardSystem system = new BoardSystem(_controller, Pins.Lamp);
            Inputs inputs = new Inputs(_controller, Pins);

            // The trigger channel before the counters: making it first keeps its creation out of the count.
            _trigger.Open();
            Counters counters = new Counters(Pins.RawCounter, Pins.GatedCounter);
            LinkPort link = new LinkPort(Pins.LinkTransmit, Pins.LinkReceive);
            _supervisor = new Supervisor(figures, new BoardClock(), _gate, _trigger, counters, inputs, link, new NativeCrc32(), system);
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
