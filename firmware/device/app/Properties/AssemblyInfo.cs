using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Escapement.App")]
[assembly: AssemblyDescription("Escapement firmware: the program for ESP32 boards")]
[assembly: AssemblyProduct("Escapement")]
[assembly: AssemblyCompany("Escapement maintainers")]
[assembly: ComVisible(false)]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
