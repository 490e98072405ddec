using System.Device.Gpio;

namespace Escapement.Esp32
{
    /// <summary>One contact: its level, and whether it has opened since it was last looked at.</summary>
    public sealed class ContactPin
    {
        private readonly GpioPin _pin;
        private readonly int _bit;

        // Written by the event thread only, compared by the supervisor only: a flag that both write could be cleared unseen.
        private int _openings;
        private int _openingsSeen;

        /// <summary>Opens the pin, unless the board has none.</summary>
        public ContactPin(GpioController controller, int pin, int bit)
        {
            _bit = bit;
            if (pin == BoardPins.Absent)
            {
                return;
            }

            _pin = controller.OpenPin(pin, FloatsLow(controller, pin));

            // At boot, before anything can move: adding a handler sets the pin's mode again, which resets the pad for microseconds.
            // No DebounceTimeout: it is coarse, and its early return leaves the interrupt state behind.
            _pin.ValueChanged += OnChanged;
        }

        /// <summary>Its bit of Ports.InputBits; 0 when the board has no such contact.</summary>
        public int PresentBit
        {
            get { return _pin == null ? 0 : _bit; }
        }

        /// <summary>Its bit when it is closed and was so since the last call; else 0.</summary>
        public int Read()
        {
            if (_pin == null)
            {
                return 0;
            }

            int openings = _openings;
            bool stayed = openings == _openingsSeen;
            _openingsSeen = openings;
            return (bool)_pin.Read() && stayed ? _bit : 0;
        }

        /// <summary>
        /// The mode of an input that may not float: with the ribbon to the gate board off nothing else pulls it, and a contact would read as closed
        /// by chance. Pins 34 to 39 of an ESP32 have no pulls of their own: as a contact they need a resistor beside the module.
        /// </summary>
        internal static PinMode FloatsLow(GpioController controller, int pin)
        {
            return controller.IsPinModeSupported(pin, PinMode.InputPullDown) ? PinMode.InputPullDown : PinMode.Input;
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                _openings++;
            }
        }
    }
}
