using System.Reflection;
using Microsoft.ML.Data.Rows;

namespace Microsoft.ML.Data;

/// <summary>Which members of a class are which columns.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition(IEnumerable<Column> columns)
        : base(columns)
    {
    }

    /// <summary>Members that are read, or written, or both.</summary>
    [Flags]
    public enum Direction
    {
        /// <summary>Read.</summary>
        Read = 1,

        /// <summary>Written.</summary>
        Write = 2,

        /// <summary>Both.</summary>
        Both = Read | Write,
    }

    /// <summary>The public fields and properties of a class.</summary>
    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        IEnumerable<MemberInfo> properties = userType.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property =>
            property.GetIndexParameters().Length == 0
            && (!direction.HasFlag(Direction.Read) || property.GetMethod?.IsPublic == true)
            && (!direction.HasFlag(Direction.Write) || property.SetMethod?.IsPublic == true));
        return new SchemaDefinition(userType.GetFields(BindingFlags.Instance | BindingFlags.Public).Concat(properties)
            .Where(member => !member.IsDefined(typeof(NoColumnAttribute)))
            .Select(member => new Column(MemberBinding.Create(member), member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name)));
    }

    internal DataViewSchema ToSchema()
    {
        DataViewSchema.Builder builder = new();
        foreach (Column column in this)
        {
            builder.AddColumn(column.ColumnName, column.ColumnType);
        }

        return builder.ToSchema();
    }

    /// <summary>A member that is a column.</summary>
    public sealed class Column
    {
        internal Column(MemberBinding binding, string name)
        {
            Binding = binding;
            ColumnName = name;
        }

        /// <summary>Name of the column.</summary>
        public string ColumnName { get; }

        /// <summary>Type of the column.</summary>
        public DataViewType ColumnType => Binding.Type;

        internal MemberBinding Binding { get; }
    }
}
