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

        /// <summary>Shows what changed in a pass, and reports the inputs.</summary>
        public void Pass(long nowUs)
        {
            RegisterFile file = _endpoint.Registers;
            file.SetU32(RegisterAddress.Inputs, InputsField.SeenOpen, _inputs.SeenOpen);
            file.SetU32(RegisterAddress.Inputs, InputsField.SeenClosed, _inputs.SeenClosed);
            file.SetS32(RegisterAddress.CoilTemperature, CoilTemperatureField.MilliCelsius, _coil.MilliCelsius);
            file.SetS32(RegisterAddress.CoilTemperature, CoilTemperatureField.Reading, _coil.Reading);
            file.SetS32(RegisterAddress.CoilTemperature, CoilTemperatureField.State, _coil.State);
            file.SetS32(RegisterAddress.CoilTemperature, CoilTemperatureField.ReadAtMs, (int)(_coil.ReadAtUs / 1000));
            if (_inputs.Changed)
            {
                _inputs.Changed = false;
                file.SetU32(RegisterAddress.Inputs, InputsField.Safe, _inputs.Safe);
                _endpoint.QueueEvent(RegisterAddress.Inputs, nowUs);
            }
        }
    }
}
