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

        /// <summary>Opens the pins of the board profile. A closed contact reads high; an open wire is pulled low outside the chip.</summary>
        public Inputs(GpioController controller, BoardPins pins)
        {
            _stopA = controller.OpenPin(pins.EmergencyStopA, PinMode.Input);
            _stopB = controller.OpenPin(pins.EmergencyStopB, PinMode.Input);
            _interlock = controller.OpenPin(pins.Interlock, PinMode.Input);
            _key = controller.OpenPin(pins.Key, PinMode.Input);
            _coil = controller.OpenPin(pins.Coil, PinMode.Input);
            _ready = controller.OpenPin(pins.StimulatorReady, PinMode.Input);
        }

        /// <inheritdoc/>
        public int Read()
        {
            int bits = 0;
            if ((bool)_stopA.Read())
            {
                bits |= InputBits.EmergencyStopA;
            }

            if ((bool)_stopB.Read())
            {
                bits |= InputBits.EmergencyStopB;
            }

            if ((bool)_interlock.Read())
            {
                bits |= InputBits.Interlock;
            }

            if ((bool)_key.Read())
            {
                bits |= InputBits.Key;
            }

            if ((bool)_coil.Read())
            {
                bits |= InputBits.Coil;
            }

            if ((bool)_ready.Read())
            {
                bits |= InputBits.StimulatorReady;
            }

            return bits;
        }
    }
}
