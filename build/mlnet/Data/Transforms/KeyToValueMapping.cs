using Microsoft.ML.Data;
using Microsoft.ML.Data.Views;

namespace Microsoft.ML.Transforms;

/// <summary>Keys into what they stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingEstimator(string output, string input)
        : base(new KeyToValueMappingTransformer(output, input))
    {
        _output = output;
        _input = input;
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column keys = inputSchema.Find(_input);
        return inputSchema.With(new SchemaShape.Column(_output, keys.Kind, keys.Annotations.Find("KeyValues").ItemType, false));
    }
}

/// <inheritdoc cref="KeyToValueMappingEstimator"/>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingTransformer(string output, string input)
    {
        _output = output;
        _input = input;
    }

    internal override AddedColumn CreateColumn(DataViewSchema input)
    {
        DataViewSchema.Column keys = input[_input];
        return keys.Annotations.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType values }
            ? (AddedColumn)Activator.CreateInstance(typeof(Values<>).MakeGenericType(values.ItemType.RawType), _output, keys, values.ItemType)!
            : throw new ArgumentOutOfRangeException(nameof(input), $"Column '{_input}' has no key values.");
    }

    private sealed class Values<TValue>(string name, DataViewSchema.Column source, PrimitiveDataViewType item)
        : AddedColumn(name, source, source.Type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Size) : item)
    {
        private static readonly TValue Missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN : default!;

        public override Delegate CreateGetter(DataViewRow input)
        {
            VBuffer<TValue> values = default;
            Source.Annotations.GetValue("KeyValues", ref values);
            return Source.Type is VectorDataViewType ? Vectors(input, values) : Scalars(input, values);
        }

        private ValueGetter<TValue> Scalars(DataViewRow input, VBuffer<TValue> values)
        {
            ValueGetter<uint> getKey = input.GetGetter<uint>(Source);
            uint key = 0;
            return (ref TValue value) =>
            {
                getKey(ref key);
                value = Of(key, values);
            };
        }

        private ValueGetter<VBuffer<TValue>> Vectors(DataViewRow input, VBuffer<TValue> values)
        {
            ValueGetter<VBuffer<uint>> getKeys = input.GetGetter<VBuffer<uint>>(Source);
            VBuffer<uint> keys = default;
            return (ref VBuffer<TValue> value) =>
            {
                getKeys(ref keys);
                VBufferEditor<TValue> editor = VBufferEditor.Create(ref value, keys.Length);
                for (int index = 0; index < keys.Length; index++)
                {
                    editor.Values[index] = Of(keys.GetItemOrDefault(index), values);
                }

                value = editor.Commit();
            };
        }

        private static TValue Of(uint key, VBuffer<TValue> values) => key == 0 || key > values.Length ? Missing : values.GetItemOrDefault((int)key - 1);
    }
}
