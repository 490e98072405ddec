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

            _pin = controller.OpenPin(pin, PinMode.Input);

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

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                _openings++;
            }
        }
    }
}
