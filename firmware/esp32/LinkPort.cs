using System;
using System.IO.Ports;
using Escapement.Runtime.Ports;
using nanoFramework.Hardware.Esp32;

namespace Escapement.Esp32
{
    /// <summary>The host link: 1,000,000 baud, 8N1, polled by the supervisor, one reader and one writer.</summary>
    public sealed class LinkPort : ILinkPort
    {
        private const string DebuggersPort = "COM1";
        private readonly SerialPort _port;

        /// <summary>Opens the port. Call it a second after boot at the earliest: before, the debugger has not chosen its transport and would collide.</summary>
        /// <param name="name">COM1, COM2 or COM3.</param>
        /// <param name="transmitPin">Pin that sends.</param>
        /// <param name="receivePin">Pin that listens.</param>
        public LinkPort(string name, int transmitPin, int receivePin)
        {
            // The S3 maps COM2 and COM3 to GPIO 0, the classic chip to nothing: without this an Open fails, or succeeds where nobody listens.
            Configuration.SetPinFunction(transmitPin, TransmitOf(name));
            Configuration.SetPinFunction(receivePin, ReceiveOf(name));
            _port = new SerialPort(name, 1000000);

            // The default of 256 bytes lasts 2.5 ms; an overflow throws away everything that waits, without a word.
            // 4,096 bytes last 40 ms of a line that never pauses; the host keeps less than that under way.
            _port.ReadBufferSize = 4096;
            _port.Open();
        }

        /// <summary>Whether the firmware may have the port now. COM1 is UART0: the debugger's link takes it when no USB host was there at boot. The others are free.</summary>
        public static bool IsAvailable(string name)
        {
            if (name != DebuggersPort)
            {
                return true;
            }

            string[] names = SerialPort.GetPortNames();
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] == name)
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

        private static DeviceFunction TransmitOf(string name)
        {
            return name == DebuggersPort ? DeviceFunction.COM1_TX : name == "COM2" ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX;
        }

        private static DeviceFunction ReceiveOf(string name)
        {
            return name == DebuggersPort ? DeviceFunction.COM1_RX : name == "COM2" ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX;
        }
    }
}
