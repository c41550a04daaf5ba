using Microsoft.ML.Data;
using Microsoft.ML.Data.Views;

namespace Microsoft.ML.Transforms;

/// <summary>Texts into keys: each text that there is gets a number from 1.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;
    private readonly int _maximum;
    private readonly KeyOrdinality _ordinality;

    internal ValueToKeyMappingEstimator(string output, string input, int maximum, KeyOrdinality ordinality)
    {
        _output = output;
        _input = input;
        _maximum = maximum;
        _ordinality = ordinality;
    }

    /// <summary>Orders of keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As they are met.</summary>
        ByOccurrence = 0,

        /// <summary>As they are sorted.</summary>
        ByValue = 1,
    }

    /// <inheritdoc/>
    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        IEnumerable<string> texts = input.GetColumn<string>(_input).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(_maximum);
        return new ValueToKeyMappingTransformer(_output, _input, [.. _ordinality == KeyOrdinality.ByValue ? texts.Order(StringComparer.Ordinal) : texts]);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column values = new("KeyValues", SchemaShape.Column.VectorKind.Vector, inputSchema.Find(_input).ItemType, false);
        return inputSchema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape([values])));
    }
}

/// <inheritdoc cref="ValueToKeyMappingEstimator"/>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private readonly string _output;
    private readonly string _input;
    private readonly ReadOnlyMemory<char>[] _texts;
    private readonly Dictionary<string, uint> _keys;

    internal ValueToKeyMappingTransformer(string output, string input, string[] texts)
    {
        _output = output;
        _input = input;
        _texts = Array.ConvertAll(texts, text => text.AsMemory());
        _keys = texts.Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => (uint)pair.index + 1, StringComparer.Ordinal);
    }

    internal override AddedColumn CreateColumn(DataViewSchema input)
    {
        DataViewSchema.Annotations.Builder annotations = new();
        VBuffer<ReadOnlyMemory<char>> values = new(_texts.Length, _texts);
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, _texts.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => values.CopyTo(ref value));
        return new Keys(_output, input[_input], _keys, annotations.ToAnnotations());
    }

    private sealed class Keys(string name, DataViewSchema.Column source, Dictionary<string, uint> keys, DataViewSchema.Annotations annotations)
        : AddedColumn(name, source, new KeyDataViewType(typeof(uint), keys.Count), annotations)
    {
        public override Delegate CreateGetter(DataViewRow input)
        {
            ValueGetter<ReadOnlyMemory<char>> getText = input.GetGetter<ReadOnlyMemory<char>>(Source);
            ReadOnlyMemory<char> text = default;
            return (ValueGetter<uint>)((ref uint key) =>
            {
                getText(ref text);
                key = keys.GetValueOrDefault(text.ToString());
            });
        }
    }
}
