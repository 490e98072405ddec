using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Host
{
    /// <summary>The limits of this session: the board's ceilings, tightened by the host, never loosened; kept under a CRC-32.</summary>
    public sealed class LimitsInForce
    {
        private readonly ICrc32 _crc;
        private readonly byte[] _scratch = new byte[Limits.Bytes];
        private readonly Limits _ceilings;
        private readonly uint _ceilingsCrc;

        /// <summary>Starts with the ceilings.</summary>
        public LimitsInForce(ICrc32 crc, Limits ceilings)
        {
            _crc = crc;
            _ceilings = ceilings;
            _ceilingsCrc = Compute(ceilings);
            Reset();
        }

        /// <summary>The limits.</summary>
        public readonly Limits Values = new Limits();

        /// <summary>The ceilings of this board.</summary>
        public Limits Ceilings => _ceilings;

        /// <summary>CRC-32 over them.</summary>
        public uint Crc;

        /// <summary>Back to the ceilings.</summary>
        public void Reset()
        {
            Values.CopyFrom(_ceilings);
            Seal();
        }

        /// <summary>Takes what they are now as what they must stay.</summary>
        public void Seal()
        {
            Crc = Compute(Values);
        }

        /// <summary>Whether they are still what was sealed, and within ceilings that are still those of power-up.</summary>
        public bool AreIntact()
        {
            return Compute(Values) == Crc && Compute(_ceilings) == _ceilingsCrc && Values.IsWithin(_ceilings);
        }

        private uint Compute(Limits limits)
        {
            limits.Write(_scratch, 0);
            return _crc.Compute(_scratch, 0, Limits.Bytes);
        }
    }
}
