using Escapement.Link;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Host
{
    /// <summary>Shows what the board sees around it: inputs and coil temperature.</summary>
    public sealed class SurroundingsView
    {
        private readonly InputWatch _inputs;
        private readonly CoilThermometer _coil;
        private HarpEndpoint _endpoint;

        /// <summary>Shows these.</summary>
        public SurroundingsView(InputWatch inputs, CoilThermometer coil)
        {
            _inputs = inputs;
            _coil = coil;
        }

        /// <summary>Connects with the link.</summary>
        public void Attach(HarpEndpoint endpoint)
        {
            _endpoint = endpoint;
            endpoint.Registers.SetU32(RegisterAddress.Inputs, InputsField.Present, _inputs.Present);
        }

        /// <summary>Brings a register up to date before it is read. No other effect. In every pass it would cost more than all its checks.</summary>
        public void Refresh(int address)
        {
            RegisterFile file = _endpoint.Registers;
            if (address == RegisterAddress.Inputs)
            {
                file.SetU32(address, InputsField.Safe, _inputs.Safe);
                file.SetU32(address, InputsField.SeenOpen, _inputs.SeenOpen);
                file.SetU32(address, InputsField.SeenClosed, _inputs.SeenClosed);
            }
            else if (address == RegisterAddress.CoilTemperature)
            {
                file.SetS32(address, CoilTemperatureField.MilliCelsius, _coil.MilliCelsius);
                file.SetS32(address, CoilTemperatureField.Reading, _coil.Reading);
                file.SetS32(address, CoilTemperatureField.State, _coil.State);
                file.SetS32(address, CoilTemperatureField.ReadAtMs, (int)(_coil.ReadAtUs / 1000));
            }
        }

        /// <summary>Reports the inputs when they changed in a pass.</summary>
        public void Pass(long nowUs)
        {
            if (_inputs.Changed)
            {
                _inputs.Changed = false;
                Refresh(RegisterAddress.Inputs);
                _endpoint.QueueEvent(RegisterAddress.Inputs, nowUs);
            }
        }
    }
}
