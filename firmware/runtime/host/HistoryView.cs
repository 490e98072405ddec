using Escapement.Link;
using Escapement.Runtime.History;

namespace Escapement.Runtime.Host
{
    /// <summary>Shows what the board keeps across power-off.</summary>
    public sealed class HistoryView
    {
        private readonly HistoryKeeper _history;
        private RegisterFile _file;

        /// <summary>Shows this.</summary>
        public HistoryView(HistoryKeeper history)
        {
            _history = history;
        }

        /// <summary>Connects with the link.</summary>
        public void Attach(HarpEndpoint endpoint)
        {
            _file = endpoint.Registers;
        }

        /// <summary>Brings its register up to date before it is read. No other effect.</summary>
        public void Refresh(int address, long nowUs)
        {
            if (address != RegisterAddress.History)
            {
                return;
            }

            _file.SetU64(RegisterAddress.History, HistoryField.PowerUps, _history.Record.PowerUps);
            _file.SetU64(RegisterAddress.History, HistoryField.TotalPulses, _history.Record.TotalPulses);
            _file.SetU64(RegisterAddress.History, HistoryField.HourPulses, _history.Hour.Now(nowUs));
            _file.SetU64(RegisterAddress.History, HistoryField.AbnormalEnds, _history.Record.AbnormalEnds);
        }
    }
}
