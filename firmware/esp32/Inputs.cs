using System.Device.Gpio;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>The safety inputs, polled every pass. Events alone would not do: the event queue drops what is short, and what is too much.</summary>
    public sealed class Inputs : IInputs
    {
        private readonly GpioPin _stopA;
        private readonly GpioPin _stopB;
        private readonly GpioPin _interlock;
        private readonly GpioPin _key;
        private readonly GpioPin _coil;
        private readonly GpioPin _ready;
        private readonly int _absent;

        /// <summary>
        /// Opens the pins of the board profile. A closed contact reads high; an open wire is pulled low outside the chip.
        /// Emergency stop and interlock are never absent; key, coil and ready may be, and are then not monitored.
        /// </summary>
        public Inputs(GpioController controller, BoardPins pins)
        {
            _stopA = controller.OpenPin(pins.EmergencyStopA, PinMode.Input);
            _stopB = controller.OpenPin(pins.EmergencyStopB, PinMode.Input);
            _interlock = controller.OpenPin(pins.Interlock, PinMode.Input);
            _key = OpenIfPresent(controller, pins.Key);
            _coil = OpenIfPresent(controller, pins.Coil);
            _ready = OpenIfPresent(controller, pins.StimulatorReady);
            _absent = Absent(_key, InputBits.Key) | Absent(_coil, InputBits.Coil) | Absent(_ready, InputBits.StimulatorReady);
        }

        /// <inheritdoc/>
        public int Read()
        {
            return _absent
                | ReadOne(_stopA, InputBits.EmergencyStopA)
                | ReadOne(_stopB, InputBits.EmergencyStopB)
                | ReadOne(_interlock, InputBits.Interlock)
                | ReadOne(_key, InputBits.Key)
                | ReadOne(_coil, InputBits.Coil)
                | ReadOne(_ready, InputBits.StimulatorReady);
        }

        private static GpioPin OpenIfPresent(GpioController controller, int pin)
        {
            return pin == BoardPins.Absent ? null : controller.OpenPin(pin, PinMode.Input);
        }

        private static int Absent(GpioPin pin, int bit)
        {
            return pin == null ? bit : 0;
        }

        private static int ReadOne(GpioPin pin, int bit)
        {
            return pin != null && (bool)pin.Read() ? bit : 0;
        }
    }
}
