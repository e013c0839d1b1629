using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace DepthPro.Publicizer;

/// <summary>Makes internal types and members public by flipping the visibility bits of the metadata in place (ECMA-335, II.22 and II.23.1).</summary>
internal static class AssemblyPublicizer
{
    private const int MethodFlagsOffset = 6; // after RVA (4 bytes) and ImplFlags (2); types and fields begin with their flags

    /// <summary>The assembly with every type public, and every field and method public that was neither private nor protected.</summary>
    /// <remarks>
    /// Private members stay private, so that backing fields and explicit interface implementations do not clash with what they
    /// serve; protected ones stay protected, so that they can be overridden as they are written.
    /// </remarks>
    public static byte[] Publicize(byte[] assembly)
    {
        using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(assembly));
        var metadata = image.GetMetadataReader();
        var publicized = assembly.ToArray();
        foreach (var row in Rows(TableIndex.TypeDef, 0))
        {
            Flip(row, (int)TypeAttributes.VisibilityMask, visibility =>
                (int)(visibility >= (int)TypeAttributes.NestedPublic ? TypeAttributes.NestedPublic : TypeAttributes.Public));
        }

        foreach (var row in Rows(TableIndex.Field, 0).Concat(Rows(TableIndex.MethodDef, MethodFlagsOffset)))
        {
            Flip(row, (int)MethodAttributes.MemberAccessMask, access => (MethodAttributes)access switch
            {
                MethodAttributes.Assembly or MethodAttributes.FamANDAssem or MethodAttributes.FamORAssem => (int)MethodAttributes.Public,
                _ => access,
            });
        }

        return publicized;

        IEnumerable<int> Rows(TableIndex table, int flagsOffset) => Enumerable.Range(0, metadata.GetTableRowCount(table))
            .Select(row => image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table) + row * metadata.GetTableRowSize(table) + flagsOffset);

        void Flip(int offset, int mask, Func<int, int> change)
        {
            var flags = publicized.AsSpan(offset, sizeof(ushort)); // the visibility bits are the lowest, also of a type's 4 bytes
            var value = BinaryPrimitives.ReadUInt16LittleEndian(flags);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)((value & ~mask) | change(value & mask)));
        }
    }
}
