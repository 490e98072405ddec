using Escapement.Chip;

namespace System.Device.Gpio
{
    public sealed class GpioController : IDisposable
    {
        private readonly Board board = Board.Of();

        public GpioController()
        {
        }

        public GpioController(PinNumberingScheme numberingScheme)
        {
            NumberingScheme = numberingScheme;
        }

        public PinNumberingScheme NumberingScheme { get; }

        public int PinCount => board.Options.PinCount;

        public GpioPin OpenPin(int pinNumber)
        {
            board.Call(VendorCall.PinMode);
            if (!board.Reserve(pinNumber))
            {
                throw new InvalidOperationException("Pin " + pinNumber + " is taken or does not exist.");
            }

            // Opening alone does not touch the hardware.
            var pin = new GpioPin(board, pinNumber);
            board.OpenPins[pinNumber] = pin;
            return pin;
        }

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            GpioPin pin = OpenPin(pinNumber);
            pin.SetPinMode(mode);
            return pin;
        }

        public void ClosePin(int pinNumber)
        {
            Find(pinNumber).Dispose();
            board.OpenPins.Remove(pinNumber);
            board.ControllerCallbacks.Remove(pinNumber);
        }

        public bool IsPinOpen(int pinNumber) => board.IsPin(pinNumber) && board.IsReserved(pinNumber);

        public bool IsPinModeSupported(int pinNumber, PinMode mode) => board.SupportsMode(pinNumber, mode);

        public PinMode GetPinMode(int pinNumber) => Find(pinNumber).GetPinMode();

        public void SetPinMode(int pinNumber, PinMode mode) => Find(pinNumber).SetPinMode(mode);

        public PinValue Read(int pinNumber) => Find(pinNumber).Read();

        public void Write(int pinNumber, PinValue value) => Find(pinNumber).Write(value);

        public void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
        {
            GpioPin pin = Find(pinNumber);
            PinValueChangedEventHandler relay = (_, e) =>
            {
                if ((eventTypes & e.ChangeType) != 0)
                {
                    callback(this, e);
                }
            };
            board.ControllerCallbacks[pinNumber] = relay;
            pin.ValueChanged += relay;
        }

        public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
        {
            if (board.ControllerCallbacks.Remove(pinNumber, out PinValueChangedEventHandler? relay))
            {
                Find(pinNumber).ValueChanged -= relay;
            }
        }

        public void Dispose()
        {
            foreach (GpioPin pin in board.OpenPins.Values)
            {
                pin.Dispose();
            }

            board.OpenPins.Clear();
        }

        private GpioPin Find(int pinNumber)
        {
            return board.OpenPins.TryGetValue(pinNumber, out GpioPin? pin) && !pin.IsDisposed
                ? pin
                : throw new InvalidOperationException("Pin " + pinNumber + " is not open.");
        }
    }
}
