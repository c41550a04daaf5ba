using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Values that are said of a column, by name.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        /// <summary>None.</summary>
        public static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        /// <summary>Names and types.</summary>
        public DataViewSchema Schema { get; }

        /// <summary>What reads one of them.</summary>
        public ValueGetter<TValue> GetGetter<TValue>(Column column) =>
            _getters[column.Index] as ValueGetter<TValue> ?? throw new InvalidOperationException($"Invalid call to 'GetGetter': '{column.Name}' is {column.Type}.");

        /// <summary>Reads one of them.</summary>
        public void GetValue<TValue>(string kind, ref TValue value)
        {
            Column column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"Invalid call to 'GetValue': there is no annotation '{kind}'.");
            GetGetter<TValue>(column)(ref value);
        }

        /// <summary>Makes annotations.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            /// <summary>Adds a value.</summary>
            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations? annotations = null)
            {
                ArgumentNullException.ThrowIfNull(type);
                if (type.RawType != typeof(TValue))
                {
                    throw new ArgumentException($"{type} is read as {type.RawType.Name}, not as {typeof(TValue).Name}.", nameof(getter));
                }

                _schema.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }

            /// <summary>The annotations.</summary>
            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);
        }
    }
}
