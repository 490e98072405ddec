using System;
using System.IO.Ports;
using Escapement.Runtime.Ports;
using nanoFramework.Hardware.Esp32;

namespace Escapement.Esp32
{
    /// <summary>The host link on COM1: 1,000,000 baud, 8N1, polled by the supervisor, one reader and one writer.</summary>
    public sealed class LinkPort : ILinkPort
    {
        private readonly SerialPort _port;

        /// <summary>Opens the port. Call it a second after boot at the earliest: before, the debugger has not chosen its transport and would collide.</summary>
        public LinkPort(int transmitPin, int receivePin)
        {
            // The default pin map of the S3 is all zero: without this an Open succeeds on GPIO 0.
            Configuration.SetPinFunction(transmitPin, DeviceFunction.COM1_TX);
            Configuration.SetPinFunction(receivePin, DeviceFunction.COM1_RX);
            _port = new SerialPort("COM1", 1000000);

            // The default of 256 bytes lasts 2.5 ms; an overflow throws away everything that waits, without a word.
            // 4,096 bytes last 40 ms of a line that never pauses; the host keeps less than that under way.
            _port.ReadBufferSize = 4096;
            _port.Open();
        }

        /// <summary>Whether the firmware may have COM1 now: the debugger's link takes it when no USB host was there at boot.</summary>
        public static bool IsAvailable()
        {
            string[] names = SerialPort.GetPortNames();
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] == "COM1")
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer)
        {
            try
            {
                // Exactly what is there: Read of one byte more waits for all of them, and by default for ever.
                int count = _port.BytesToRead;
                if (count <= 0)
                {
                    return 0;
                }

                if (count > buffer.Length)
                {
                    count = buffer.Length;
                }

                return _port.Read(buffer, 0, count);
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int count)
        {
            try
            {
                // At most the 128 bytes of the transmit FIFO: more would make this thread wait for the line.
                _port.Write(buffer, 0, count);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
