using Escapement.Chip;

namespace System.Device.Gpio
{
    public sealed class GpioPin : IDisposable
    {
        private readonly Board board;
        private readonly int pin;
        private PinMode mode = PinMode.Input;
        private PinValueChangedEventHandler? callbacks;
        private TimeSpan debounce;
        private bool disposed;

        internal GpioPin(Board board, int pin)
        {
            this.board = board;
            this.pin = pin;
        }

        public event PinValueChangedEventHandler ValueChanged
        {
            // Quirk: adding or removing a handler sets the mode again: an output falls low by it.
            add
            {
                callbacks += value;
                SetPinMode(mode);
            }

            remove
            {
                callbacks -= value;
                SetPinMode(mode);
            }
        }

        public int PinNumber => pin;

        /// <summary>Kept, not simulated: on the board it is coarse and loses events. Debounce elsewhere.</summary>
        public TimeSpan DebounceTimeout
        {
            get => debounce;
            set
            {
                board.Call(VendorCall.PinMode);
                debounce = value;
            }
        }

        internal bool IsDisposed => disposed;

        public PinMode GetPinMode()
        {
            ThrowIfDisposed();
            return mode;
        }

        public bool IsPinModeSupported(PinMode pinMode)
        {
            ThrowIfDisposed();
            return board.SupportsMode(pin, pinMode);
        }

        public void SetPinMode(PinMode value)
        {
            board.Call(VendorCall.PinMode);
            ThrowIfDisposed();
            if (!board.SupportsMode(pin, value))
            {
                throw new ArgumentException("Pin " + pin + " does not support mode " + value + ".");
            }

            mode = value;
            board.SetMode(pin, value, callbacks == null ? null : this);
            board.Refresh();
        }

        public PinValue Read()
        {
            board.Call(VendorCall.PinRead);
            ThrowIfDisposed();
            return board.ReadPad(pin) ? PinValue.High : PinValue.Low;
        }

        public void Write(PinValue value)
        {
            board.Call(VendorCall.PinWrite);
            ThrowIfDisposed();
            if (mode < PinMode.Output)
            {
                throw new ArgumentException("Pin " + pin + " is not an output.");
            }

            Put((bool)value);
        }

        public void Toggle()
        {
            board.Call(VendorCall.PinWrite);
            ThrowIfDisposed();
            if (mode >= PinMode.Output)
            {
                // The driver toggles what was last written, not what the pad shows.
                Put(!board.Latch(pin));
            }
        }

        public void Dispose()
        {
            if (disposed)
            {
                return;
            }

            board.Call(VendorCall.PinMode);
            board.SetMode(pin, PinMode.Input, null);
            board.Unreserve(pin);
            board.Refresh();
            disposed = true;
        }

        internal void OnPinChanged(PinEventTypes edge)
        {
            if (!disposed)
            {
                callbacks?.Invoke(this, new PinValueChangedEventArgs(edge, pin));
            }
        }

        private void Put(bool level)
        {
            board.WritePad(pin, level);
            if (callbacks != null)
            {
                board.PostPinEvent(this, level);
            }
        }

        private void ThrowIfDisposed()
        {
            if (disposed)
            {
                throw new ObjectDisposedException(nameof(GpioPin));
            }
        }
    }
}
