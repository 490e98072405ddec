using Escapement.Chip;

namespace System.Device.Gpio
{
    public struct GpioPulseCount
    {
        public TimeSpan RelativeTime;

        public long Count;
    }

    public sealed class GpioPulseCounter : IDisposable
    {
        private readonly Board board = Board.Of();
        private readonly PulseUnit unit;
        private readonly int pin;

        // Quirk: falling edges unless asked otherwise.
        private GpioPulsePolarity polarity = GpioPulsePolarity.Falling;
        private ushort filter;
        private bool disposed;

        public GpioPulseCounter(int pinNumberA, int pinNumberB = -1)
        {
            board.Call(VendorCall.Counter);
            if (pinNumberB >= 0)
            {
                throw new NotSupportedException("The simulated chip counts one pin; encoders with two are left out.");
            }

            if (!board.IsPin(pinNumberA))
            {
                throw new NotSupportedException("There is no pin " + pinNumberA + ".");
            }

            pin = pinNumberA;
            unit = board.TakeUnit() ?? throw new NotSupportedException("No pulse counter is free; disposing of one does not give it back.");
            unit.Configure(polarity, filter, board.PadLevel(pin), board.Now80);
            board.AttachUnit(pin, unit);

            // A pin that is open already stays as it is; one that is not can no longer be opened.
            board.Reserve(pin);
        }

        public GpioPulsePolarity Polarity
        {
            get => polarity;
            set => polarity = ChangeWhileStopped(value);
        }

        public ushort FilterPulses
        {
            get => filter;
            set
            {
                if (value > 1023)
                {
                    throw new ArgumentOutOfRangeException(nameof(value));
                }

                filter = ChangeWhileStopped(value);
            }
        }

        public bool IsStarted { get; private set; }

        public void Start()
        {
            Enter();
            unit.Configure(polarity, filter, board.PadLevel(pin), board.Now80);

            // Quirk: starting clears the count.
            unit.Start();
            IsStarted = true;
        }

        public void Stop()
        {
            Enter();
            unit.Stop();
            IsStarted = false;
        }

        public GpioPulseCount Read()
        {
            Enter();
            return new GpioPulseCount { Count = unit.Read(board.Now80), RelativeTime = TimeSpan.FromTicks(board.BoardUs() * 10) };
        }

        public GpioPulseCount Reset()
        {
            GpioPulseCount last = Read();
            unit.Clear();
            return last;
        }

        public void Dispose()
        {
            if (!disposed)
            {
                board.Call(VendorCall.Counter);

                // Quirk: the driver's clean-up fails, so the unit is lost until the next reset. Only the pin is given back.
                unit.Stop();
                board.Unreserve(pin);
                disposed = true;
            }
        }

        private void Enter()
        {
            board.Call(VendorCall.Counter);
            if (disposed)
            {
                throw new ObjectDisposedException(nameof(GpioPulseCounter));
            }
        }

        private T ChangeWhileStopped<T>(T value)
        {
            if (IsStarted)
            {
                throw new InvalidOperationException("Stop the counter first.");
            }

            return value;
        }
    }
}
