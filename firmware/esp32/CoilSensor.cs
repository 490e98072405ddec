using System;
using System.Device.Adc;

namespace Escapement.Esp32
{
    /// <summary>The coil's thermistor on a channel of the first analogue converter (the second one is shared with the radio).</summary>
    public sealed class CoilSensor
    {
        private const int Averaged = 4;

        // Both referenced for ever: they have finalizers.
        private readonly AdcController _controller;
        private readonly AdcChannel _channel;

        /// <summary>Opens the channel of a pin. A pin without a channel leaves it unread, which counts as a sensor that is open.</summary>
        public CoilSensor(int pin)
        {
            int channel = ChannelOf(pin);
            if (channel < 0)
            {
                return;
            }

            _controller = new AdcController();
            _channel = _controller.OpenChannel(channel);
        }

        /// <summary>The mean of four readings, 0 to 4095; negative when the converter failed.</summary>
        public int Read()
        {
            if (_channel == null)
            {
                return -1;
            }

            try
            {
                int sum = 0;
                for (int i = 0; i < Averaged; i++)
                {
                    sum += _channel.ReadValue();
                }

                return sum / Averaged;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>The channel of a pin: GPIO 1 to 10 of an ESP32-S3, 32 to 39 of an ESP32; -1 for any other.</summary>
        public static int ChannelOf(int pin)
        {
            if (pin >= 1 && pin <= 10)
            {
                return pin - 1;
            }

            if (pin >= 36 && pin <= 39)
            {
                return pin - 36;
            }

            return pin >= 32 && pin <= 35 ? pin - 28 : -1;
        }
    }
}
