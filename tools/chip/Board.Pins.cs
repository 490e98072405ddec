using System.Device.Gpio;

namespace Escapement.Chip
{
    // The pads: who drives them, who listens.
    public sealed partial class Board
    {
        // Quirk: the ring of native events holds 128; when it is full the oldest is dropped without a word.
        private const int EventRing = 128;

        private readonly Pad[] pads;
        private readonly (GpioPin Pin, bool Level)[] pinEvents = new (GpioPin, bool)[EventRing];
        private int firstPinEvent;
        private int pinEventCount;

        /// <summary>Drives a pin from outside. On a pin that the chip drives, the chip wins.</summary>
        public void DriveInput(int pin, bool level, long t80)
        {
            Pad pad = pads[pin];
            pad.OutsideDrives = true;
            pad.OutsideLevel = level;
            UpdatePad(pin, t80);
        }

        /// <summary>Cuts the wire to a pin: it falls to the level of its pull-down.</summary>
        public void FloatInput(int pin, long t80)
        {
            pads[pin].OutsideDrives = false;
            UpdatePad(pin, t80);
        }

        /// <summary>The level that the chip gives a pin, as the outside sees it.</summary>
        public bool OutputLevel(int pin) => pads[pin].ChipLevel;

        internal bool IsPin(int pin)
        {
            // The S3 has no pins 22 to 25.
            return pin >= 0 && pin < pads.Length && !(Options.Chip == ChipKind.Esp32S3 && pin >= 22 && pin <= 25);
        }

        internal bool IsReserved(int pin) => pads[pin].Reserved;

        internal bool SupportsMode(int pin, PinMode mode)
        {
            // The classic chip's pins 34 to 39 have neither an output nor pulls.
            bool inputOnly = Options.Chip == ChipKind.Esp32 && pin >= 34;
            return IsPin(pin) && mode >= PinMode.Input && mode <= (inputOnly ? PinMode.Input : PinMode.OutputOpenSourcePullDown);
        }

        internal bool Reserve(int pin)
        {
            if (!IsPin(pin) || pads[pin].Reserved)
            {
                return false;
            }

            pads[pin].Reserved = true;
            return true;
        }

        internal void Unreserve(int pin)
        {
            if (IsPin(pin))
            {
                pads[pin].Reserved = false;
            }
        }

        internal void SetMode(int pin, PinMode mode, GpioPin? listener)
        {
            Pad pad = pads[pin];

            // Quirk: setting a mode resets the pad, which detaches whatever the matrix had routed there; an output starts low.
            pad.Rmt = null;
            pad.Latch = false;
            pad.OutputEnabled = mode >= PinMode.Output;
            pad.OpenDrain = mode > PinMode.Output;
            pad.PullUp = mode == PinMode.InputPullUp || mode == PinMode.OutputOpenDrainPullUp;
            pad.Listener = pad.OutputEnabled ? null : listener;
            UpdatePad(pin, now);
        }

        internal void WritePad(int pin, bool level)
        {
            pads[pin].Latch = level;
            UpdatePad(pin, now);
            Refresh();
        }

        internal bool Latch(int pin) => pads[pin].Latch;

        internal bool ReadPad(int pin)
        {
            Pad pad = pads[pin];

            // Quirk: the input buffer of an output is off, so it reads low whatever it drives. The same while RMT owns the pad.
            return !pad.OutputEnabled && pad.Rmt == null && pad.Level;
        }

        /// <summary>Routes a pad to an RMT channel.</summary>
        internal void RouteToRmt(int pin, RmtTx channel)
        {
            pads[pin].Rmt = channel;
            UpdatePad(pin, now);
        }

        /// <summary>Turns a pad's output off, whoever drove it.</summary>
        internal void LetGo(int pin)
        {
            pads[pin].Rmt = null;
            pads[pin].OutputEnabled = false;
            UpdatePad(pin, now);
        }

        internal void UpdatePad(int pin, long t80)
        {
            Pad pad = pads[pin];
            bool drives = pad.ChipDrives;
            bool chip = drives && (pad.Rmt != null ? pad.Rmt.Output : pad.Latch);

            // Quirk: a floating pin is low, by the external pull-down that every net needs.
            bool level = drives ? chip : pad.OutsideDrives ? pad.OutsideLevel : pad.PullUp;
            if (level != pad.Level)
            {
                pad.Level = level;
                pad.Unit?.LevelChanged(level, t80);
                if (pad.Listener != null)
                {
                    PostPinEvent(pad.Listener, level);
                }
            }

            if (chip != pad.ChipLevel)
            {
                pad.ChipLevel = chip;
                Outside?.PinChanged(pin, chip, t80);
            }
        }

        internal void AttachUnit(int pin, PulseUnit unit) => pads[pin].Unit = unit;

        internal bool PadLevel(int pin) => pads[pin].Level;

        internal void PostPinEvent(GpioPin pin, bool level)
        {
            if (pinEventCount == EventRing)
            {
                firstPinEvent = (firstPinEvent + 1) % EventRing;
                pinEventCount--;
            }

            pinEvents[(firstPinEvent + pinEventCount) % EventRing] = (pin, level);
            pinEventCount++;
        }

        // Callbacks run on another thread of the runtime while the supervisor sleeps; here at the end of its sleep.
        private void DispatchEvents()
        {
            while (pinEventCount > 0)
            {
                (GpioPin pin, bool level) = pinEvents[firstPinEvent];
                firstPinEvent = (firstPinEvent + 1) % EventRing;
                pinEventCount--;
                pin.OnPinChanged(level ? PinEventTypes.Rising : PinEventTypes.Falling);
            }

            for (int i = 0; i < ports.Length; i++)
            {
                ports[i]?.RaiseReceived();
            }
        }

        private void ResetPads()
        {
            pinEventCount = 0;
            for (int i = 0; i < pads.Length; i++)
            {
                pads[i].Release();
                UpdatePad(i, now);
            }

            // Pins of flash and PSRAM are taken from the start.
            (int from, int to) = Options.Chip == ChipKind.Esp32S3 ? (26, 32) : (6, 11);
            for (int i = from; i <= to; i++)
            {
                pads[i].Reserved = true;
            }
        }
    }
}
