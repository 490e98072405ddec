using System.Text;
using Escapement.Chip;

namespace System.IO.Ports
{
    public delegate void SerialDataReceivedEventHandler(object sender, SerialDataReceivedEventArgs e);

    public class SerialDataReceivedEventArgs : EventArgs
    {
        internal SerialDataReceivedEventArgs(SerialData eventType)
        {
            EventType = eventType;
        }

        public SerialData EventType { get; }
    }

    public sealed class SerialPort : IDisposable
    {
        private const int SmallestBuffer = 129;

        /// <summary>A read without a time limit that has waited an hour counts as frozen, or the simulation would never come back.</summary>
        private const long LongestWait80 = 3_600_000_000 * Board.TicksPerUs;

        private readonly Board board = Board.Of();
        private readonly int uart;
        private readonly string name;
        private int baudRate;
        private Parity parity;
        private int dataBits;
        private StopBits stopBits;
        private Handshake handshake;
        private SerialMode mode;
        private string newLine = "\r\n";
        private int readTimeout = -1;
        private int writeTimeout = -1;
        private int threshold;
        private int bufferBytes = 256;
        private bool opened;
        private bool wired;
        private int announced;

        public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
        {
            uart = portName[3] - '1';
            name = portName;
            this.baudRate = baudRate;
            this.parity = parity;
            this.dataBits = dataBits;
            this.stopBits = stopBits;
            if (uart < 0 || uart >= board.Ports.Length)
            {
                throw new ArgumentException("There is no port " + portName + ".");
            }

            // Quirk: a second object for the same port is refused, open or not.
            if (board.Ports[uart] != null)
            {
                throw new ArgumentException(portName + " is in use.");
            }

            board.Ports[uart] = this;
        }

        public event SerialDataReceivedEventHandler? DataReceived;

        public Stream BaseStream => throw new NotSupportedException("The simulated port has no stream.");

        public int BaudRate
        {
            get => baudRate;
            set
            {
                baudRate = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
                Reconfigure();
            }
        }

        public int BytesToRead
        {
            get
            {
                board.Call(VendorCall.SerialRead);
                return wired ? board.Link.Available(board.Now80) : 0;
            }
        }

        public int DataBits
        {
            get => dataBits;
            set
            {
                dataBits = value >= 5 && value <= 8 ? value : throw new ArgumentOutOfRangeException(nameof(value));
                Reconfigure();
            }
        }

        public Handshake Handshake
        {
            get => handshake;
            set => handshake = value;
        }

        public bool InvertSignalLevels { get; set; }

        public bool IsOpen => opened;

        public SerialMode Mode
        {
            get => mode;
            set => mode = value;
        }

        public string NewLine
        {
            get => newLine;
            set => newLine = string.IsNullOrEmpty(value) ? throw new ArgumentException("A new line needs a character.") : value;
        }

        public Parity Parity
        {
            get => parity;
            set
            {
                parity = value;
                Reconfigure();
            }
        }

        public string PortName => name;

        // Read, write and buffer sizes are one field on the board.
        public int ReadBufferSize
        {
            get => bufferBytes;
            set
            {
                if (value <= 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(value));
                }

                if (opened)
                {
                    throw new InvalidOperationException("The size is set before the port is opened.");
                }

                bufferBytes = value;
            }
        }

        public int WriteBufferSize
        {
            get => ReadBufferSize;
            set => ReadBufferSize = value;
        }

        public int ReadTimeout
        {
            get => readTimeout;

            // Quirk: zero is refused, and so is the infinite time that it starts with.
            set => readTimeout = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public int WriteTimeout
        {
            get => writeTimeout;
            set => writeTimeout = value >= 0 || value == -1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public int ReceivedBytesThreshold
        {
            get => threshold;
            set => threshold = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public StopBits StopBits
        {
            get => stopBits;
            set
            {
                stopBits = value;
                Reconfigure();
            }
        }

        public char WatchChar
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException("The simulated port watches for no character.");
        }

        public static string[] GetPortNames()
        {
            // Quirk: COM1 is on the list only when the debugger does not sit on UART0.
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            return board.Options.LeavesConsole ? new[] { "COM1", "COM2", "COM3" } : new[] { "COM2", "COM3" };
        }

        public void Open()
        {
            board.Call(VendorCall.SerialRead);
            if (opened)
            {
                throw new InvalidOperationException(name + " is open.");
            }

            if (uart == 0)
            {
                CheckConsole();
            }

            int tx = board.SerialTxPin(uart);
            int rx = board.SerialRxPin(uart);
            if (tx < 0 || rx < 0)
            {
                throw new ArgumentException(name + " has no pins.");
            }

            // Quirk: without SetPinFunction COM2 and COM3 of the S3 open happily on GPIO0, where nobody listens.
            wired = tx == board.LinkTxPin && rx == board.LinkRxPin;
            if (wired)
            {
                // Quirk: a smaller buffer than the driver takes is made larger without a word.
                board.Link.Open(Math.Max(bufferBytes, SmallestBuffer), ByteTime());
            }

            opened = true;
            announced = 0;
        }

        public void Close()
        {
            if (opened)
            {
                board.Call(VendorCall.Other);
                opened = false;
                if (wired)
                {
                    board.Link.Close();
                }
            }
        }

        public void Dispose()
        {
            Close();
            if (board.Ports[uart] == this)
            {
                board.Ports[uart] = null;
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            board.Call(VendorCall.SerialRead);
            CheckOpen();
            CheckRange(buffer, offset, count);
            WaitFor(count);
            board.Link.Read(buffer.AsSpan(offset, count));
            announced = 0;
            return count;
        }

        public int ReadByte()
        {
            var one = new byte[1];
            Read(one, 0, 1);
            return one[0];
        }

        public string ReadExisting()
        {
            int count = BytesToRead;
            var bytes = new byte[count];
            Read(bytes, 0, count);
            return Encoding.UTF8.GetString(bytes);
        }

        public string ReadLine() => throw new NotSupportedException("Reading lines allocates at every character; the simulated port leaves it out.");

        public void Write(byte[] buffer, int offset, int count)
        {
            board.Call(VendorCall.SerialWrite);
            CheckOpen();
            CheckRange(buffer, offset, count);
            Send(buffer.AsSpan(offset, count));
        }

        public void Write(string text)
        {
            board.Call(VendorCall.SerialWrite);
            CheckOpen();
            Send(Encoding.UTF8.GetBytes(text ?? throw new ArgumentException("There is no text.")));
        }

        public void WriteByte(byte value)
        {
            board.Call(VendorCall.SerialWrite);
            CheckOpen();
            Send(new ReadOnlySpan<byte>(in value));
        }

        public void WriteLine(string text) => Write(text + newLine);

        internal void RaiseReceived()
        {
            if (DataReceived == null || !wired || !opened)
            {
                return;
            }

            int available = board.Link.Available(board.Now80);
            if (available > announced && available >= threshold)
            {
                announced = available;
                DataReceived(this, new SerialDataReceivedEventArgs(SerialData.Chars));
            }
        }

        private void CheckConsole()
        {
            if (!board.Options.LeavesConsole)
            {
                // Quirk: the debugger took UART0 because no USB host was there at boot, or because the chip has no USB.
                throw new ArgumentException("COM1 belongs to the debugger.");
            }

            if (board.UptimeUs() < board.Options.TransportChosenUs)
            {
                // Quirk: the debugger has not chosen yet; it then installs its driver over ours and aborts. Inferred.
                board.Panic("COM1 was opened before the debugger had chosen its transport; wait a second after the start.");
            }
        }

        // Quirk: all bytes or none. Bytes that are there stay there when the time runs out.
        private void WaitFor(int count)
        {
            if (!wired)
            {
                board.Freeze("a read from " + name + ", which is not connected");
            }

            long started = board.Now80;
            long deadline = readTimeout < 0 ? long.MaxValue : started + readTimeout * 1000L * Board.TicksPerUs;
            while (board.Link.Available(board.Now80) < count)
            {
                if (board.Now80 >= deadline)
                {
                    throw new TimeoutException(count + " bytes did not arrive in " + readTimeout + " ms.");
                }

                if (board.Now80 - started > LongestWait80)
                {
                    board.Freeze("a read of " + count + " bytes from " + name);
                }

                board.IdleTick();
            }
        }

        private void Send(ReadOnlySpan<byte> bytes)
        {
            if (!wired || bytes.Length == 0)
            {
                return;
            }

            // Quirk: there is no buffer but the FIFO of 128 bytes; the writer waits for the bytes that do not fit.
            long wait = board.Link.WriteWait(bytes.Length, board.Now80);
            board.Link.Write(bytes, board.Now80);
            long limit = writeTimeout < 0 ? long.MaxValue : writeTimeout * 1000L * Board.TicksPerUs;
            board.Spend(Math.Min(wait, limit));
            if (wait > limit)
            {
                throw new TimeoutException("The bytes did not fit in " + writeTimeout + " ms.");
            }
        }

        private void Reconfigure()
        {
            board.Call(VendorCall.Other);
            if (opened && wired)
            {
                board.Link.Retime(ByteTime());
            }
        }

        private long ByteTime()
        {
            int halves = 2 * (1 + dataBits + (parity == Parity.None ? 0 : 1));
            halves += stopBits == StopBits.Two ? 4 : stopBits == StopBits.OnePointFive ? 3 : 2;
            return (40_000_000L * halves + baudRate / 2) / baudRate;
        }

        private void CheckOpen()
        {
            if (!opened)
            {
                throw new InvalidOperationException(name + " is not open.");
            }
        }

        private static void CheckRange(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            if (offset > buffer.Length || count > buffer.Length)
            {
                throw new InvalidOperationException("The part lies outside the buffer.");
            }

            if (offset < 0 || count < 0 || offset + count > buffer.Length)
            {
                throw new ArgumentException("The part lies outside the buffer.");
            }
        }
    }
}
