using System.Reflection;

namespace Escapement.Mutants.Running;

/// <summary>One test with its data.</summary>
public sealed record TestCase(string Name, MethodInfo Method, object?[] Data);

/// <summary>The tests of an assembly, by the attributes of MSTest.</summary>
public static class TestCatalog
{
    public static IEnumerable<TestCase> Of(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => type.GetCustomAttribute<TestClassAttribute>() != null))
            foreach (MethodInfo method in type.GetMethods().Where(method => method.GetCustomAttribute<TestMethodAttribute>() != null))
            {
                object?[][] rows = Rows(method).ToArray();
                string name = $"{assembly.GetName().Name!.Split('.')[1]}:{type.Name}.{method.Name}";
                for (int i = 0; i < rows.Length; i++)
                    yield return new TestCase(rows.Length == 1 ? name : $"{name}[{i}]", method, rows[i]);
            }
    }

    static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        if (method.GetParameters().Length == 0)
            return [[]];
        IEnumerable<object?[]> rows = method.GetCustomAttributes<DataRowAttribute>().Select(row => row.Data!);
        return rows.Concat(method.GetCustomAttributes<DynamicDataAttribute>().SelectMany(source => source.GetData(method)));
    }

    /// <summary>Runs it; null when it passes, else why not.</summary>
    public static Exception? Run(TestCase test)
    {
        Properties.BeginAnew();
        try
        {
            object? instance = test.Method.IsStatic ? null : Activator.CreateInstance(test.Method.DeclaringType!);
            object? result = test.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, Fitted(test), null);
            if (result is Task task)
                task.GetAwaiter().GetResult();
            (instance as IDisposable)?.Dispose();
            return null;
        }
        catch (AssertInconclusiveException)
        {
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    // MSTest converts a row's numbers to the parameters' types.
    static object?[] Fitted(TestCase test)
    {
        ParameterInfo[] parameters = test.Method.GetParameters();
        if (parameters.Length == 1 && parameters[0].ParameterType.IsArray && test.Data.Length != 1)
            return [test.Data];
        return parameters.Select((parameter, i) =>
            i >= test.Data.Length ? parameter.DefaultValue
            : test.Data[i] is { } value && value is IConvertible && !parameter.ParameterType.IsInstanceOfType(value) && !parameter.ParameterType.IsEnum
                ? Convert.ChangeType(value, Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, System.Globalization.CultureInfo.InvariantCulture)
                : test.Data[i]).ToArray();
    }
}
