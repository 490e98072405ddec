using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("NFUnitTest")]
[assembly: AssemblyDescription("Escapement firmware: tests that run on the board")]
[assembly: AssemblyProduct("Escapement")]
[assembly: AssemblyCompany("Escapement maintainers")]
[assembly: ComVisible(false)]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
