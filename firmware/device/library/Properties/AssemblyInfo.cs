using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Escapement.Firmware")]
[assembly: AssemblyDescription("Escapement firmware: kernel, safety, link and runtime")]
[assembly: AssemblyProduct("Escapement")]
[assembly: AssemblyCompany("Escapement maintainers")]
[assembly: ComVisible(false)]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
