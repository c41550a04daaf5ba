using System.Globalization;

namespace Microsoft.ML.SearchSpace;

/// <summary>A number or a text, or a nest of such by name.</summary>
public sealed class Parameter : IEquatable<Parameter>
{
    private readonly object _value;

    private Parameter(object value) => _value = value;

    /// <summary>One of a nest's members.</summary>
    public Parameter this[string key]
    {
        get => Nest[key];
        set => Nest[key] = value;
    }

    private Dictionary<string, Parameter> Nest => _value as Dictionary<string, Parameter> ?? throw new ArgumentException("The parameter is not a nest.");

    /// <summary>A whole number.</summary>
    public static Parameter FromInt(int value) => new((long)value);

    /// <summary>A number.</summary>
    public static Parameter FromFloat(float value) => new((double)value);

    /// <summary>A text.</summary>
    public static Parameter FromString(string value) => new(value);

    /// <summary>A nest.</summary>
    public static Parameter CreateNestedParameter(params KeyValuePair<string, Parameter>[] parameters) => new(new Dictionary<string, Parameter>(parameters));

    /// <summary>Whatever the object is.</summary>
    public static Parameter FromObject<T>(T value)
        where T : class => value switch
        {
            int number => FromInt(number),
            float number => FromFloat(number),
            string text => FromString(text),
            _ => throw new NotSupportedException($"The double of AutoML has no parameters of {value?.GetType().Name ?? "null"}."),
        };

    /// <summary>The value as another type.</summary>
    public T AsType<T>() => _value is T value ? value : (T)Convert.ChangeType(_value, typeof(T), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public bool Equals(Parameter? other) => other is not null && _value.Equals(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Parameter);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();
}
