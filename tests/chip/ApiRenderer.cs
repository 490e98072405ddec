using System.Globalization;
using System.Reflection;

namespace Escapement.Chip.Tests;

/// <summary>Writes what an assembly shows of a type in the format of the API listings (tools/fit/api).</summary>
internal static class ApiRenderer
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        yield return "type\t" + name + "\t" + TypeLine(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        if (type.IsEnum)
        {
            foreach (FieldInfo value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                object number = Convert.ChangeType(value.GetRawConstantValue()!, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture);
                yield return "value\t" + name + "\t" + name + "." + value.Name + " = " + number;
            }

            yield break;
        }

        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            string? line = MemberLine(type, member);
            if (line != null)
            {
                yield return line;
            }
        }
    }

    private static string? MemberLine(Type type, MemberInfo member)
    {
        string name = Name(type);
        return member switch
        {
            ConstructorInfo c when Access(c) is { } access && !c.IsStatic => "ctor\t" + name + "\t" + access + " constructor " + name + "(" + Parameters(c) + ")",
            FieldInfo f when FieldAccess(f) is { } access => "field\t" + name + "\t" + access + (f.IsStatic ? " static" : "") + (f.IsInitOnly ? " readonly" : "")
                + " field " + Name(f.FieldType) + " " + name + "." + f.Name,
            EventInfo e when Access(e.AddMethod!) is { } access => "event\t" + name + "\t" + access + Modifiers(e.AddMethod!) + " event " + Name(e.EventHandlerType!) + " " + name + "." + e.Name,
            PropertyInfo p => PropertyLine(name, p),
            MethodInfo m => MethodLine(name, m),
            _ => null,
        };
    }

    private static string? PropertyLine(string name, PropertyInfo property)
    {
        MethodInfo? shown = property.GetMethod != null && Access(property.GetMethod) != null ? property.GetMethod
            : property.SetMethod != null && Access(property.SetMethod) != null ? property.SetMethod : null;
        if (shown == null)
        {
            return null;
        }

        string accessors = (property.GetMethod != null && Access(property.GetMethod) != null ? "get; " : "")
            + (property.SetMethod != null && Access(property.SetMethod) != null ? "set; " : "");
        string index = property.GetIndexParameters().Length > 0 ? "this[" + Parameters(shown, property.GetIndexParameters().Length) + "]" : property.Name;
        return "property\t" + name + "\t" + Access(shown) + Modifiers(shown) + " property " + Name(property.PropertyType) + " " + name + "." + index + " { " + accessors + "}";
    }

    private static string? MethodLine(string name, MethodInfo method)
    {
        if (Access(method) is not { } access)
        {
            return null;
        }

        if (method.IsSpecialName)
        {
            string? op = method.Name switch
            {
                "op_Equality" => "operator ==",
                "op_Inequality" => "operator !=",
                "op_Implicit" => "implicit operator",
                "op_Explicit" => "explicit operator",
                _ => null,
            };
            return op switch
            {
                null => null,
                "implicit operator" or "explicit operator" => "operator\t" + name + "\tpublic static " + op + " " + Name(method.ReturnType) + "(" + Parameters(method) + ")",
                _ => "operator\t" + name + "\tpublic static " + Name(method.ReturnType) + " " + op + "(" + Parameters(method) + ")",
            };
        }

        return "method\t" + name + "\t" + access + Modifiers(method) + " method " + Name(method.ReturnType) + " " + name + "." + method.Name + "(" + Parameters(method) + ")";
    }

    private static string TypeLine(Type type)
    {
        string name = Name(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return "public delegate " + Name(invoke.ReturnType) + " " + name + "(" + Parameters(invoke) + ")";
        }

        if (type.IsEnum)
        {
            string flags = type.GetCustomAttribute<FlagsAttribute>() != null ? " [Flags]" : "";
            return "public enum " + name + " : System.Enum underlying " + Name(Enum.GetUnderlyingType(type)) + flags;
        }

        string kind = type.IsValueType
            ? (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct "
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class ";
        string bases = string.Join(", ", new[] { Name(type.BaseType!) }.Concat(OwnInterfaces(type)));
        return "public " + kind + name + " : " + bases;
    }

    private static IEnumerable<string> OwnInterfaces(Type type)
    {
        IEnumerable<Type> inherited = type.BaseType!.GetInterfaces();
        return type.GetInterfaces().Except(inherited).Select(Name).Order(StringComparer.Ordinal);
    }

    private static bool IsReadOnly(Type type) => type.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsReadOnlyAttribute");

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return " static";
        }

        bool overrides = method.GetBaseDefinition() != method;
        if (method.IsAbstract)
        {
            return overrides ? " abstract override" : " abstract";
        }

        // What only implements an interface is virtual and sealed, and prints nothing.
        return overrides ? (method.IsFinal ? " sealed override" : " override") : method.IsVirtual && !method.IsFinal ? " virtual" : "";
    }

    private static string? Access(MethodBase method)
    {
        return method.IsPublic ? "public" : method.IsFamily ? "protected" : method.IsFamilyOrAssembly ? "protected internal" : null;
    }

    private static string? FieldAccess(FieldInfo field)
    {
        return field.IsPublic ? "public" : field.IsFamily ? "protected" : field.IsFamilyOrAssembly ? "protected internal" : null;
    }

    private static string Parameters(MethodBase method, int most = int.MaxValue)
    {
        return string.Join(", ", method.GetParameters().Take(most).Select(p =>
            (p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "")
            + Name(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType) + " " + p.Name
            + (p.HasDefaultValue ? " = " + Constant(p) : "")));
    }

    private static string Constant(ParameterInfo parameter)
    {
        object? value = parameter.RawDefaultValue;
        if (parameter.ParameterType.IsEnum)
        {
            return Name(parameter.ParameterType) + "." + Enum.ToObject(parameter.ParameterType, value!);
        }

        return value switch
        {
            null => "null",
            bool b => b ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Name(Type type)
    {
        return type.IsArray ? Name(type.GetElementType()!) + "[]" : type.FullName!;
    }
}
