using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.History
{
    /// <summary>
    /// Keeps the record of the board: at power-up it finds out what is known and how the last session ended, before arming it sets the marker,
    /// after a session it writes what was counted. Two records take turns, so that a torn writing leaves the one before. Never writes while armed or running.
    /// </summary>
    public sealed class HistoryKeeper
    {
        private const int Slots = 2;

        private readonly IRecordStore _store;
        private readonly ICrc32 _crc;
        private readonly byte[] _buffer = new byte[HistoryRecord.Bytes];
        private readonly HistoryRecord _other = new HistoryRecord();
        private int _slot;

        /// <summary>Keeps it in this store.</summary>
        public HistoryKeeper(IRecordStore store, ICrc32 crc)
        {
            _store = store;
            _crc = crc;
        }

        /// <summary>The record as it was last written, or as it will be.</summary>
        public readonly HistoryRecord Record = new HistoryRecord();

        /// <summary>Pulses of the last hour.</summary>
        public readonly HourCharge Hour = new HourCharge();

        /// <summary>Whether the store could be written at the last try.</summary>
        public bool IsSafe;

        /// <summary>Whether an abnormal end waits to be cleared.</summary>
        public bool IsUnexplained => Record.Marker == HistoryRecord.Unexplained;

        /// <summary>Whether the store holds the marker of a session under way.</summary>
        public bool IsMarked => IsSafe && Record.Marker == HistoryRecord.Armed;

        /// <summary>Power-up: reads, charges, counts this power-up, writes. What is not known counts as a full hour.</summary>
        public void Boot(long nowUs)
        {
            bool known = ReadNewest();
            if (!known)
            {
                Record.HourPulses = LimitTable.MaxHourPulses;
            }
            else if (Record.Marker == HistoryRecord.Armed)
            {
                Record.Marker = HistoryRecord.Unexplained;
                Record.AbnormalEnds++;
                Hour.Add(Record.ArmedPulses, nowUs);
            }

            Hour.Add(Record.HourPulses, nowUs);
            Record.ArmedPulses = 0;
            Record.PowerUps++;
            Write(nowUs);
        }

        /// <summary>Sets the marker, before anything is armed. False, and nothing may be armed, when it cannot be written.</summary>
        /// <param name="pulses">All pulses of the program.</param>
        /// <param name="nowUs">Board clock, us.</param>
        public bool Mark(int pulses, long nowUs)
        {
            Record.HourPulses = Hour.Now(nowUs);
            Record.Marker = HistoryRecord.Armed;
            Record.ArmedPulses = pulses;
            Hour.Reserved = pulses;
            return Write(nowUs);
        }

        /// <summary>A session has ended, or an arming: charges its pulses and takes the marker away.</summary>
        /// <param name="counted">Pulses counted behind the gate.</param>
        /// <param name="charged">Pulses charged to the hour: more, where a counter is not to be trusted.</param>
        /// <param name="nowUs">Board clock, us.</param>
        public bool Settle(int counted, int charged, long nowUs)
        {
            Hour.Reserved = 0;
            Hour.Add(charged, nowUs);
            Record.TotalPulses += counted;
            Record.Marker = HistoryRecord.Resting;
            Record.ArmedPulses = 0;
            return Write(nowUs);
        }

        /// <summary>An operator has cleared an abnormal end.</summary>
        public void Explain(long nowUs)
        {
            if (IsUnexplained)
            {
                Record.Marker = HistoryRecord.Resting;
                Write(nowUs);
            }
        }

        private bool ReadNewest()
        {
            bool first = _store.Read(0, _buffer) && Record.Take(_buffer, _crc);
            bool second = _store.Read(1, _buffer) && _other.Take(_buffer, _crc);
            if (second && (!first || (int)(_other.Sequence - Record.Sequence) > 0))
            {
                Record.Take(_buffer, _crc);
                _slot = 0;
            }
            else
            {
                _slot = 1; // the one that holds nothing, or what is older
            }

            return first || second;
        }

        private bool Write(long nowUs)
        {
            if (Record.Marker != HistoryRecord.Armed)
            {
                Record.HourPulses = Hour.Now(nowUs);
            }

            Record.Sequence++;
            Record.Put(_buffer, _crc);
            IsSafe = _store.Write(_slot, _buffer);
            if (IsSafe)
            {
                _slot = (_slot + 1) % Slots;
            }

            return IsSafe;
        }
    }
}
