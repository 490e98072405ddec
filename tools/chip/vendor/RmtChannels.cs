using Escapement.Chip;

namespace nanoFramework.Hardware.Esp32.Rmt
{
    public abstract class RmtChannel
    {
        protected readonly RmtChannelSettings _settings;

        protected RmtChannel(RmtChannelSettings settings)
        {
            // Quirk: the caller's object is kept, and the properties below only store into it; the hardware is not touched.
            _settings = settings ?? throw new ArgumentNullException(nameof(settings));
        }

        public int Pin
        {
            get => _settings.PinNumber;
            set => _settings.PinNumber = value;
        }

        public int ResolutionHz
        {
            get => _settings.ResolutionHz;
            set => _settings.ResolutionHz = value;
        }

        public byte NumberOfMemoryBlocks
        {
            get => _settings.NumberOfMemoryBlocks;
            set => _settings.NumberOfMemoryBlocks = value;
        }
    }

    public class TransmitterEncodedChannel : RmtChannel, IDisposable
    {
        private readonly Board board = Board.Of();
        private readonly RmtTx hardware;
        private readonly EncoderSettings[] encoders;
        private EncoderData[]? first;
        private bool deleted;

        public TransmitterEncodedChannel(TransmitChannelSettings settings, EncoderSettings[] encoderSettings)
            : base(settings)
        {
            encoders = encoderSettings ?? new EncoderSettings[] { new CopyEncoderSettings() };
            board.Call(VendorCall.RmtCreate);
            if (!board.SupportsMode(settings.PinNumber, System.Device.Gpio.PinMode.Output))
            {
                throw new ArgumentException("Pin " + settings.PinNumber + " cannot be an output.");
            }

            var carrier = new RmtCarrier(settings.EnableCarrierWave, settings.CarrierLevel, settings.CarrierWaveFrequency, settings.CarrierWaveDutyPercentage);
            hardware = new RmtTx(
                board,
                settings.PinNumber,
                settings.ResolutionHz,
                settings.NumberOfMemoryBlocks,
                settings.SignalInverterEnabled,
                settings.IdleLevel,
                settings.EnableIdleLevelOutput,
                carrier);
            if (!board.AddChannel(hardware))
            {
                throw new InvalidOperationException("No RMT channel or channel memory is free.");
            }

            // The pad is taken from GPIO without asking; this generation sets the idle level before it routes.
            board.RouteToRmt(settings.PinNumber, hardware);
            board.Refresh();
        }

        public bool CarrierLevel
        {
            get => Settings.CarrierLevel;
            set => Settings.CarrierLevel = value;
        }

        public bool EnableLooping
        {
            get => Settings.EnableLooping;
            set => Settings.EnableLooping = value;
        }

        public bool IdleLevel
        {
            get => Settings.IdleLevel;
            set => Settings.IdleLevel = value;
        }

        public bool IsChannelIdle
        {
            get
            {
                // Quirk: asking waits for the end; the interpreter stands still until the list has been sent.
                Enter(VendorCall.Other);
                board.WaitUntilIdle(hardware, "IsChannelIdle on a channel that never ends");
                return true;
            }
        }

        public int LoopCount
        {
            get => Settings.LoopCount;
            set => Settings.LoopCount = value;
        }

        private TransmitChannelSettings Settings => (TransmitChannelSettings)_settings;

        // Quirk: the default waits for the end.
        public void SendWithEncoders(EncoderData[] encoderData, bool waitTxDone = true)
        {
            BeforeSend();

            // Quirk: the driver looks at the data only the first time; a second send repeats the first arrays.
            first ??= encoderData;
            hardware.Clear();
            for (int i = 0; i < first.Length; i++)
            {
                byte[]? data = first[i].Data ?? (encoders[Math.Min(i, encoders.Length - 1)] as CopyEncoderSettings)?.Embedded;
                if (data is { Length: >= 4 })
                {
                    hardware.Append(data, first[i].Loop);
                }
            }

            StartLoaded(waitTxDone);
        }

        public void Dispose()
        {
            Dispose(true);
        }

        internal void SendRaw(byte[] data, bool waitTxDone)
        {
            BeforeSend();
            if (data.Length % 4 != 0)
            {
                throw new ArgumentException("A list is made of words of 4 bytes.");
            }

            if (data.Length > board.Options.NativeFreeBytes)
            {
                // Quirk: the native copy is not checked for memory.
                board.Panic("no native memory for a list of " + data.Length + " bytes.");
            }

            hardware.Load(data, 0, data.Length, 1);
            StartLoaded(waitTxDone);
        }

        protected virtual void Dispose(bool disposing)
        {
            board.Call(VendorCall.RmtDispose);
            if (deleted)
            {
                return;
            }

            deleted = true;
            if (board.Options.Chip == ChipKind.Esp32 && hardware.Busy)
            {
                // Quirk: the classic chip cannot stop. Its driver wipes the memory and waits out the current word with interrupts off.
                hardware.Wipe();
                board.WaitUntilIdle(hardware, "the stop of a channel");
            }

            hardware.Stop();
            board.RemoveChannel(hardware);

            // Quirk: the pad's output is switched off, even if GPIO had taken it back meanwhile: high-Z, the pull-down decides.
            board.LetGo(hardware.Pin);
            board.Refresh();
        }

        private void BeforeSend()
        {
            Enter(VendorCall.RmtSend);

            // Quirk: a second send waits for the end of the first with the whole interpreter standing still.
            board.WaitUntilIdle(hardware, "a second send on a channel that never ends");
        }

        private void StartLoaded(bool waitTxDone)
        {
            board.Spend((long)hardware.Words * board.Options.SendNsPerWord * Board.TicksPerUs / 1000);
            bool loops = Settings.EnableLooping && board.Options.Chip == ChipKind.Esp32S3;
            bool fits = hardware.Words + 1 <= board.Options.ChannelWords * hardware.Blocks;
            if (hardware.Words == 0 || (loops && !fits))
            {
                // Quirk: the driver refuses an empty list, or a loop that does not fit its memory, and the managed side drops the error.
                return;
            }

            hardware.Start(loops ? Settings.LoopCount : 1);
            board.Refresh();
            if (waitTxDone)
            {
                board.WaitUntilIdle(hardware, "the end of a list that never ends");
            }
        }

        private void Enter(VendorCall call)
        {
            board.Call(call);
            if (deleted)
            {
                throw new ObjectDisposedException(GetType().Name);
            }
        }
    }

    public class TransmitterChannel : TransmitterEncodedChannel
    {
        private bool disposed;

        public TransmitterChannel(TransmitChannelSettings settings)
            : base(settings, null!)
        {
        }

        public void Send(RmtSymbols symbols, bool waitTxDone = true)
        {
            if (symbols == null)
            {
                throw new ArgumentNullException(nameof(symbols));
            }

            SendData(symbols.Serialize(), waitTxDone);
        }

        public void SendData(byte[] data, bool waitTxDone = true)
        {
            if (data == null)
            {
                throw new ArgumentNullException(nameof(data));
            }

            SendRaw(data, waitTxDone);
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposed)
            {
                disposed = true;
                base.Dispose(disposing);
            }
        }
    }
}
