using System.Device.Gpio;
using System.IO.Ports;
using nanoFramework.Runtime.Native;

namespace Escapement.Chip
{
    // Channels, counters, pin functions, memory: what the vendor's classes ask of the chip.
    public sealed partial class Board
    {
        private const int SerialFunction = 0x30000;

        private readonly RmtTx?[] channels;
        private readonly PulseUnit?[] units;
        private readonly SerialPort?[] ports = new SerialPort?[3];
        private readonly int[] serialTxPins = new int[3];
        private readonly int[] serialRxPins = new int[3];
        private readonly Dictionary<int, int> otherFunctions = new();
        private readonly Func<long, int>?[] analog = new Func<long, int>?[20];

        internal RebootEventHandler? RebootHandlers { get; set; }

        internal Dictionary<int, GpioPin> OpenPins { get; } = new();

        internal Dictionary<int, PinValueChangedEventHandler> ControllerCallbacks { get; } = new();

        /// <summary>The files on the flash.</summary>
        public FlashDisk Flash { get; } = new();

        /// <summary>Sets what an analogue channel reads, 0 to 4095.</summary>
        public void DriveAnalog(int channel, int value) => DriveAnalog(channel, _ => value);

        /// <summary>Sets what an analogue channel reads, 0 to 4095, at a time in ticks of 12.5 ns. Asked at each reading.</summary>
        public void DriveAnalog(int channel, Func<long, int> source) => analog[channel] = source;

        internal int ReadAnalog(int channel) => Math.Clamp(analog[channel]?.Invoke(now) ?? 0, 0, 4095);

        internal SerialPort?[] Ports => ports;

        internal int SerialTxPin(int uart) => serialTxPins[uart];

        internal int SerialRxPin(int uart) => serialRxPins[uart];

        internal int LinkTxPin => Options.LinkTxPin >= 0 ? Options.LinkTxPin : Options.ConsoleTxPin;

        internal int LinkRxPin => Options.LinkRxPin >= 0 ? Options.LinkRxPin : Options.ConsoleRxPin;

        internal bool AddChannel(RmtTx channel)
        {
            // Memory blocks of neighbours are used when a channel asks for more than one.
            int blocks = channel.Blocks;
            for (int i = 0; i < channels.Length; i++)
            {
                blocks += channels[i]?.Blocks ?? 0;
            }

            if (blocks > channels.Length)
            {
                return false;
            }

            channels[Array.IndexOf(channels, null)] = channel;
            return true;
        }

        internal void RemoveChannel(RmtTx channel)
        {
            int index = Array.IndexOf(channels, channel);
            if (index >= 0)
            {
                channels[index] = null;
            }
        }

        /// <summary>A free counter unit, or null. Quirk: a disposed counter's unit is never given back.</summary>
        internal PulseUnit? TakeUnit()
        {
            int index = Array.IndexOf(units, null);
            if (index < 0)
            {
                return null;
            }

            return units[index] = new PulseUnit();
        }

        /// <summary>Stands still until a channel has sent its list: what the interpreter does in a call that waits for the end.</summary>
        internal void WaitUntilIdle(RmtTx channel, string call)
        {
            if (!channel.Busy)
            {
                return;
            }

            Outside?.OnPause(NowUs);
            while (channel.Busy)
            {
                long next = channel.Next80;
                if (next == long.MaxValue)
                {
                    Freeze(call);
                }

                RunHardware(next > now ? next : now);
                if (haltRequested)
                {
                    ThrowIfHalted();
                }
            }

            Refresh();
        }

        /// <summary>Lets time pass inside a vendor call.</summary>
        internal void Spend(long ticks80)
        {
            if (ticks80 > 0)
            {
                RunHardware(now + ticks80);
                Refresh();
            }
        }

        /// <summary>One write to the flash. Quirk: it turns the cache off, so neither the interpreter nor the refill interrupt runs meanwhile.</summary>
        internal void WriteFlash()
        {
            BlockRefills(NowUs, Options.FlashWriteUs);
            Outside?.OnPause(NowUs);
            Spend(Options.FlashWriteUs * TicksPerUs);
            ThrowIfHalted();
        }

        internal bool SetFunction(int pin, int function)
        {
            if (!IsPin(pin) && pin != -1)
            {
                return false;
            }

            int uart = ((function - SerialFunction) >> 8) - 1;
            if ((function & ~0xFFFF) == SerialFunction && uart >= 0 && uart < ports.Length && (function & 0xFF) < 2)
            {
                ((function & 0xFF) == 0 ? serialTxPins : serialRxPins)[uart] = pin;
                return true;
            }

            otherFunctions[function] = pin;
            return true;
        }

        internal int GetFunction(int function)
        {
            int uart = ((function - SerialFunction) >> 8) - 1;
            if ((function & ~0xFFFF) == SerialFunction && uart >= 0 && uart < ports.Length && (function & 0xFF) < 2)
            {
                return ((function & 0xFF) == 0 ? serialTxPins : serialRxPins)[uart];
            }

            return otherFunctions.TryGetValue(function, out int pin) ? pin : -1;
        }

        private long NextRmt(out RmtTx? channel)
        {
            long next = long.MaxValue;
            channel = null;
            RmtTx?[] all = channels;
            for (int i = 0; i < all.Length; i++)
            {
                RmtTx? one = all[i];
                if (one != null && one.Next80 < next)
                {
                    next = one.Next80;
                    channel = one;
                }
            }

            return next;
        }

        private void ResetPeripherals()
        {
            Array.Clear(channels);
            Array.Clear(units);
            Array.Clear(ports);
            otherFunctions.Clear();
            OpenPins.Clear();
            ControllerCallbacks.Clear();
            RebootHandlers = null;
            link.Reset();
            ResetPads();

            // Quirk: on the S3 the default pins of COM2 and COM3 are not "none" but GPIO0 for both directions.
            bool s3 = Options.Chip == ChipKind.Esp32S3;
            Array.Fill(serialTxPins, s3 ? 0 : -1);
            Array.Fill(serialRxPins, s3 ? 0 : -1);
            serialTxPins[0] = Options.ConsoleTxPin;
            serialRxPins[0] = Options.ConsoleRxPin;
        }
    }
}
