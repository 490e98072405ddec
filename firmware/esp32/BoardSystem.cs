using System.Device.Gpio;
using Escapement.Runtime.Ports;
using nanoFramework.Runtime.Native;

namespace Escapement.Esp32
{
    /// <summary>Garbage collection, reset, lamp.</summary>
    public sealed class BoardSystem : IBoardSystem
    {
        private readonly PinValue _high = PinValue.High;
        private readonly PinValue _low = PinValue.Low;
        private readonly GpioPin _lamp;

        /// <summary>Opens the lamp's pin, where the board has one.</summary>
        public BoardSystem(GpioController controller, int lampPin)
        {
            if (lampPin != BoardPins.Absent)
            {
                _lamp = controller.OpenPin(lampPin, PinMode.Output);
            }
        }

        /// <inheritdoc/>
        public void CollectGarbage()
        {
            // Never true: compaction moves arrays, and there is no time for it.
            GC.Run(false);
        }

        /// <inheritdoc/>
        public void Reboot()
        {
            Power.RebootDevice(RebootOption.NormalReboot);

            // Nothing may stand after RebootDevice: on the board it returns and the reset follows some time later.
        }

        /// <inheritdoc/>
        public void Lamp(bool on)
        {
            if (_lamp != null)
            {
                _lamp.Write(on ? _high : _low);
            }
        }
    }
}
