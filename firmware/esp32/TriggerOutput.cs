using System;
using Escapement.Runtime.Ports;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Esp32
{
    /// <summary>The RMT transmitter as trigger output: word lists played by hardware at a crystal-derived tick of 1 us.</summary>
    public sealed class TriggerOutput : ITriggerOutput
    {
        // Native memory that stays free beside the copy of a list: heap headers, the driver's own, a task's odd buffer.
        private const int NativeReserveBytes = 4096;

        // Managed memory that stays free beside the lists: a pass leaves 600 to 700 bytes of vendor's values behind, so that
        // a collection is due every tenth pass. With less it would be due every pass, and then there would be none left.
        private const int ManagedReserveBytes = 6000;

        private readonly int _pin;
        private readonly byte[][] _lists = new byte[4][];

        // Held for as long as it is used: the channel has a finalizer that would stop the output if the object became unreachable.
        private TransmitterChannel _channel;

        /// <summary>Uses the trigger pin of the board profile. The channel itself is made by <see cref="Open"/>.</summary>
        public TriggerOutput(int pin)
        {
            _pin = pin;
        }

        /// <inheritdoc/>
        public bool Allocate(int slot, int lengthBytes)
        {
            try
            {
                _lists[slot] = new byte[lengthBytes];

                // Sending copies the list into native memory, unchecked: too little of it is a panic, with the line as it happens to be.
                uint total;
                uint free;
                uint largest;
                NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out total, out free, out largest);
                if (largest >= lengthBytes + NativeReserveBytes && nanoFramework.Runtime.Native.GC.Run(false) >= ManagedReserveBytes)
                {
                    return true;
                }

                _lists[slot] = null;
                return false;
            }
            catch (Exception)
            {
                // Out of memory is an answer here, not an accident: arming is refused with MemoryLow.
                _lists[slot] = null;
                return false;
            }
        }

        /// <inheritdoc/>
        public byte[] Buffer(int slot)
        {
            return _lists[slot];
        }

        /// <inheritdoc/>
        public void Release()
        {
            for (int slot = 0; slot < _lists.Length; slot++)
            {
                _lists[slot] = null;
            }
        }

        /// <inheritdoc/>
        public bool Open()
        {
            if (_channel != null)
            {
                return true;
            }

            try
            {
                TransmitChannelSettings settings = new TransmitChannelSettings(_pin);

                // 1 us exactly: 80 MHz / 80. A divisor that is not whole would be rounded with no more than a log line.
                settings.ResolutionHz = 1000000;
                settings.NumberOfMemoryBlocks = 1;
                settings.SignalInverterEnabled = false;

                // Said explicitly: package 2 had the carrier on by default, which chops a trigger at 38 kHz.
                settings.EnableCarrierWave = false;
                settings.EnableLooping = false;

                // The line rests low, driven, between two lists.
                settings.EnableIdleLevelOutput = true;
                settings.IdleLevel = false;
                _channel = new TransmitterChannel(settings);
                return true;
            }
            catch (Exception)
            {
                _channel = null;
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Send(int slot)
        {
            try
            {
                // Never waitTxDone = true (the default): it freezes every managed thread for the whole train.
                // Never IsChannelIdle to see whether it may be called: reading it freezes the same way.
                // The supervisor calls this only after the planned end of the last list and with its pulses counted.
                _channel.SendData(_lists[slot], false);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public void Abort()
        {
            TransmitterChannel channel = _channel;
            if (channel == null)
            {
                return;
            }

            _channel = null;
            try
            {
                // In package 3 a real stop: the hardware stops, then the pad floats and its pull-down makes it low.
                // A stopped channel cannot be used again: Open makes a new one.
                channel.Dispose();
            }
            catch (Exception)
            {
                // The gate is closed already; counters and read-back tell whether output really ended.
            }
        }
    }
}
